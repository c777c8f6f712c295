bind rep :0 as server
connect req $server.port as client req_relaxed=1 req_correlate=1
client wait connected
client send first
client send second
server recv as request
server send "reply to $request"
server recv as request
server send "reply to $request"
client recv
