bind pub :0 as news conflate=1
connect sub $news.port as reader subscribe=''
wait connected
news get conflate
news get type
