bind pub inproc://news conflate=1 as news
wait subscribed
