# options: --timeout 300ms
# hide: 127.0.0.1:\d+ => ENDPOINT
keygen as keys
bind rep :0 as server
connect req $server.endpoint as client curve client $keys[0]
server wait connected
