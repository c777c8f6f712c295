# hide: [0-9a-zA-Z.:+=^!/*?&<>()\[\]{}@%$#-]{40} => KEY
# New keys, the key of a certificate, and a client known by its certificate.
bind rep :0 as server curve server
connect req $server.endpoint as client curve client $server.publickey
client send Hello
server expect Hello as request
print "user '$request.user'"
server send World
client expect World
keygen server.cert
bind rep :0 as second curve server server.cert
connect req $second.endpoint as third curve client server.cert
third send Hello
second expect Hello
socket rep as late linger=0 curve server server.cert
print $late.publickey
