#!/usr/bin/env -S zsh-mq run
# The frames that a ROUTER puts before a message: a routing id that libzmq made (a zero byte and four more), then
# one that the peer chose. The Guide's identity.
#   zsh-mq run scripts/cookbook/identity.zs [ENDPOINT]
bind router ${1:-inproc://example} as sink

connect req $sink.endpoint as anonymous
send "ROUTER uses a generated 5 byte identity"
sink recv as id _ text
print "[${len(id)} bytes] $text"
sink send $id "" "Hello, stranger"
anonymous expect "Hello, stranger"

connect req $sink.endpoint as identified routing_id=PEER2
send "ROUTER uses REQ's socket identity"
sink recv as id _ text
print "[$id] $text"
sink send PEER2 "" "Hello, PEER2"
identified expect "Hello, PEER2"
