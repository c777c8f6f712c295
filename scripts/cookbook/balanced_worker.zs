#!/usr/bin/env -S zsh-mq run
# A REQ worker of the load balancer: it says READY once, and from then on its replies say so. The Guide's lbbroker.
#   zsh-mq run scripts/cookbook/balanced_worker.zs [BALANCER] [NAME]
let name = "${2:-worker}"
timeout never

connect req ${1:-5673} as worker
send READY
loop {
  recv as client _ request
  print "Received request: [$request]"
  send $client "" "World from $name"
}
