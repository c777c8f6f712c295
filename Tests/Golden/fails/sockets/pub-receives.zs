bind pub inproc://a as news
expect x
