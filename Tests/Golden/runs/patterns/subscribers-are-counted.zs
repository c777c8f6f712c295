bind pub :0 as news
connect sub $news.port as one subscribe=weather
connect sub $news.port as two subscribe=weather
two subscribe ''
news wait subscribed weather 2
news wait subscribed '' 1
news status | grep subscribers
close two
retry 100 every 10ms { news status | grep "1 to .weather" }
