bind rep :0 as server
auth deny 127.0.0.1
server reset
connect req $server.endpoint as client
wait auth denied
