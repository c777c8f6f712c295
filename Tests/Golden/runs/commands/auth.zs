auth allow 127.0.0.1
bind rep :0 as server
connect req $server.endpoint as client
wait auth allowed
auth
tasks
auth stop
tasks
