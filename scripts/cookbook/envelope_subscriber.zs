#!/usr/bin/env -S zsh-mq run
# A SUB that opens the envelopes with the topic B. The Guide's psenvsub.
#   zsh-mq run scripts/cookbook/envelope_subscriber.zs [ENDPOINT] [COUNT]
connect sub ${1:-5563} as subscriber subscribe=B
repeat ${2:-5} {
  recv as address contents
  print "[$address] $contents"
}
