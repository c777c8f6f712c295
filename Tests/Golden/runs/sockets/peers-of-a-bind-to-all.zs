# hide: :\d+ => :PORT
bind rep *:0 as server
connect req $server.port as client
client send Hello
server recv
server status | grep bind
