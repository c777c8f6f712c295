bind pub inproc://news as news
news wait subscribed '' none
