socket sub as news
subscribe weather
unsubscribe weather sport
