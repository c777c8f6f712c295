# options: --timeout 300ms
# hide: 127.0.0.1:\d+ => ENDPOINT
auth allow 192.0.2.1
bind rep :0 as server
connect req $server.endpoint as client
wait auth denied
client wait connected
