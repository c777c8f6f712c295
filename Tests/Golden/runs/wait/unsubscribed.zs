bind pub :0 as news
connect sub $news.port as one subscribe=weather subscribe=sport
connect sub $news.port as two subscribe=weather
news wait subscribed weather 2
news wait subscribed sport
one unsubscribe weather
fails timeout within 20ms news wait unsubscribed weather
close two
news wait unsubscribed weather
one unsubscribe sport
news wait unsubscribed
news send weather "nobody hears it"
within 20ms one expect nothing
print "nobody is there"
