# options: --timeout 300ms
# hide: 127.0.0.1:\d+ => ENDPOINT
bind rep :0 as server plain server
connect req $server.endpoint as client reconnect_ivl=-1 plain client alice from _password.txt
server wait connected
