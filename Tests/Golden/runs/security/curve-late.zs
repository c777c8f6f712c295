bind rep :0 as server
server curve server
server reset
connect req $server.endpoint as client curve client $server.publickey
client send Hello
server expect Hello
