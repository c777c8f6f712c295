# ports: 1
# hide: ; tried \d+ times in [^;]*; => ;
# Two endpoints take turns, and nobody is at the second.
bind rep :0 as server
connect req $server.port $1 as client
client wait connected
client send one
server expect one
server send 1
client expect 1
client send two
within 200ms client recv
