# ports: 1
# hide: 127\.0\.0\.1:\d+ for [\d.]+ m?s => PEER for TIME
bind rep $1 as server
connect req $1 as client
client send Hello
server expect Hello
server send World
client expect World
client send Hello2 a b
server expect Hello
