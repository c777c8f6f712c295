# hide: 127\.0\.0\.1:\d+ => SERVER
# A REQ ends the connection at such a reply, and does not try again.
bind router :0 as hub
connect req $hub.port as client
client wait connected
client send Hello
hub recv as id _ body
hub send $id $body
client wait disconnected
within 100ms client recv
