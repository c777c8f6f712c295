# hide: 127.0.0.1:\d+ => ADDRESS
bind rep :0 as server
let port = $server.port
close server
probe $port
