# The name before the command, or the end of a bind and a connect.
bind rep :0 as server curve server
socket req as client
client curve client $server.publickey
connect client $server.endpoint
client send Hello
server recv
