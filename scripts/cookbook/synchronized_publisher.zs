#!/usr/bin/env -S zsh-mq run
# Publishes once all its subscribers are there, so that none misses the first message. It says HELLO until each
# has heard it and said so on a second socket. The Guide's syncpub, as the Guide says to make it robust.
#   zsh-mq run scripts/cookbook/synchronized_publisher.zs [SUBSCRIBERS] [ENDPOINT] [SYNC]
let subscribers = int("${1:-2}")
let ready = 0

bind pub ${2:-5561} as publisher sndhwm=0 linger=30s
bind rep ${3:-5562} as sync

print "Waiting for $subscribers subscribers"
while $ready < $subscribers {
  publisher send HELLO
  try {
    within 10ms sync recv as subscriber
    sync send WELCOME
    let ready = $ready + 1
  } catch {
    assert $error.name == "timeout"
  }
}
print "Broadcasting messages"
use publisher
repeat 1000 { send UPDATE $i }
send END
