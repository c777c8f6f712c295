#!/usr/bin/env -S zsh-mq run
# A REP that works for a broker: it connects where a server would bind. The Guide's rrworker.
#   zsh-mq run scripts/cookbook/broker_worker.zs [BROKER] [NAME]
let name = "${2:-worker}"
timeout never

connect rep ${1:-5560} as worker
loop {
  recv as request
  print "Received request: [$request]"
  send "World from $name"
}
