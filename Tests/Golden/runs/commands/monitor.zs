# A script is told nothing of connections, whatever is asked for.
bind rep :0 as server
monitor all
server monitor disconnected refused
connect req $server.endpoint as client
client wait connected
client close
server wait disconnected
monitor default
monitor off
