#!/usr/bin/env -S zsh-mq run
# A PUB that puts each message into an envelope: the topic is a frame of its own. It sends to A and to B by turns,
# until it is stopped. The Guide's psenvpub.
#   zsh-mq run scripts/cookbook/envelope_publisher.zs [ENDPOINT]
bind pub ${1:-5563} as publisher
every 100ms {
  send A "We don't want to see this"
  send B "We would like to see this"
}
