# hide: [0-9a-zA-Z.:+=^!/*?&<>()\[\]{}@%$#-]{40} => KEY
# options: --timeout 300ms
# hide: 127.0.0.1:\d+ => ENDPOINT
bind rep :0 as server curve server
connect req $server.endpoint as client
client wait connected
