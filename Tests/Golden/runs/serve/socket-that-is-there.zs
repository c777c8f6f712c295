bind rep inproc://a as server
serve server { send "$request[0]-$request.count" }
connect req inproc://a as client
client send a b c
client recv
stop server
client send again
server recv
server send by-hand
client recv
tasks
