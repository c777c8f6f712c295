# ports: 1
# hide: ; tried \d+ times in [^;]*; => ;
# With heartbeats it cannot be seen which of two endpoints has the request.
bind rep :0 as server
connect req $server.port $1 as client heartbeat_ivl=1s
client wait connected
client send one
server expect one
server send 1
client expect 1
client send two
fails EFSM client send three
within 200ms client recv
