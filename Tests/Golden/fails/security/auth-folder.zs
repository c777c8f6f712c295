# hide: [0-9a-zA-Z.:+=^!/*?&<>()\[\]{}@%$#-]{40} => KEY
# options: --timeout 300ms
# hide: 127.0.0.1:\d+ => ENDPOINT
# A certificate that comes into the folder counts from the next client on.
sh 'mkdir keys'
auth curve keys
keygen mine.cert
bind rep :0 as server curve server
connect req $server.endpoint as client curve client $server.publickey mine.cert
wait auth denied as who
print $who[3] $who[5]
sh 'cp mine.cert keys'
client reset
wait auth allowed as who
print $who[5]
keygen as keys
auth curve $keys[0] domain=other
auth
connect req $server.endpoint as last curve client $server.publickey
wait auth denied
last wait connected
