bind pub inproc://a as news
news get type
