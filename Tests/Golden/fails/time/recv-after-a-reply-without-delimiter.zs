# The REQ hangs up, and the ROUTER is told why.
bind router :0 as hub
connect req $hub.port as client routing_id=anna
client send Hello
hub recv as id _ body
hub send $id $body
client wait disconnected
within 100ms hub recv
