#!/usr/bin/env -S zsh-mq run
# Tells the publisher that it hears it, then counts what it publishes: nothing is missed. The Guide's syncsub.
#   zsh-mq run scripts/cookbook/synchronized_subscriber.zs [ENDPOINT] [SYNC]
timeout 1m

connect sub ${1:-5561} as subscriber subscribe=''
expect HELLO
connect req ${2:-5562} as sync
send ready
expect WELCOME

use subscriber
let count = 0
recv as message
while $message[0] != "END" {
  if $message[0] == "UPDATE" { let count = $count + 1 }
  recv as message
}
print "Received $count updates"
