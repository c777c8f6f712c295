#!/usr/bin/env -S zsh-mq run
# A PULL that collects what the workers did, and says how many tasks and how long. The ventilator says how many
# there will be; the first results may overtake its word, since they come from other peers. The Guide's tasksink.
#   zsh-mq run scripts/cookbook/sink.zs [ENDPOINT]
let count = 0
let expected = -1
timeout 1m

bind pull ${1:-5558} as results
time while $count != $expected {
  recv as message
  if $message[0] == "start" {
    let expected = int($message[1])
  } else {
    let count = $count + 1
  }
}
print "$count tasks done"
