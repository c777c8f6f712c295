bind xpub :0 as news
connect xsub $news.port as reader
reader send subscribe:weather
news recv
reader send subscribe:'two words'
news expect subscribe:'two words'
reader send unsubscribe:weather
news recv
reader send subscribe:""
news recv
news view hex
reader send subscribe:A
news recv
news send weather sunny
reader recv
