bind xpub inproc://a as news
connect xsub inproc://a as reader
reader send "\x01weather"
news recv
news send weather sunny
reader recv
