bind pub inproc://news as news
news recv
