bind xpub :0 as news xpub_manual=1
connect sub $news.port as reader subscribe=A
news expect subscribe:A
news subscribe B
news send "A is not passed"
news send "B is passed, and the reader lets nothing but A through"
news unsubscribe B
news subscribe A
news send "A is passed"
reader recv
