# xfail: it says xpub, which a PUB is underneath
bind pub inproc://a as news
news get type
