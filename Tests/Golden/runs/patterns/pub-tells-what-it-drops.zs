bind pub :0 as news sndhwm=1
connect sub $news.port as slow rcvhwm=1 rcvbuf=4KiB subscribe=''
news wait subscribed '' 1
let frame = str("x")
repeat 2000 { news send zeros:4KiB }
news status | grep -c dropped
