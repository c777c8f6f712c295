# hide: 127.0.0.1:\d+ => ENDPOINT
# hide: [0-9a-zA-Z.:+=^!/*?&<>()\[\]{}@%$#-]{40} => KEY
# options: --timeout 300ms
keygen as other
bind rep :0 as server curve server
connect req $server.endpoint as client reconnect_ivl=-1 curve client $other[0]
fails timeout server recv
server wait connected
