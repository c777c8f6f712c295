bind pub inproc://a as news
subscribe ''
