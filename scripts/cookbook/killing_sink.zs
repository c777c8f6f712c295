#!/usr/bin/env -S zsh-mq run
# Collects a hundred results, then ends the workers. An XPUB receives its subscriptions, so it knows when all
# the workers listen: without that, the signal could come too early for one. The Guide's tasksink2.
#   zsh-mq run scripts/cookbook/killing_sink.zs [WORKERS] [ENDPOINT] [CONTROL]
let workers = "${1:-2}"
let count = 0
timeout 1m

bind pull ${2:-5558} as results
bind xpub ${3:-5559} as control xpub_verbose=1

repeat $workers { control expect "\x01KILL" }
while $count < 100 {
  results recv as message
  if $message[0] == "done" { let count = $count + 1 }
}
control send KILL
print "$count tasks done, $workers workers ended"
