#!/usr/bin/env -S zsh-mq run
# Gives each request to the worker that has been idle longest, until it is stopped. One ROUTER serves both sides,
# so that one recv waits for all: REQ workers say READY or hand back a reply, REQ clients ask. The Guide's lbbroker.
#   zsh-mq run scripts/cookbook/balancer.zs [FRONTEND] [BACKEND]
let idle = []
let requests = []
timeout never

def without_first list {
  let rest = []
  for n in 1..len($list) - 1 { let rest = $rest + [$list[$n]] }
  return $rest
}

bind router ${1:-5672} ${2:-5673} as broker router_mandatory=0
loop {
  recv as message
  if len($message) == 5 {
    # WORKER "" CLIENT "" REPLY
    send $message[2] "" $message[4]
    let idle = $idle + [$message[0]]
  } else if $message[2] == "READY" {
    print "A worker is ready"
    let idle = $idle + [$message[0]]
  } else {
    # CLIENT "" REQUEST
    let requests = $requests + [$message]
  }
  if len($idle) > 0 && len($requests) > 0 {
    send $idle[0] "" $requests[0]
    let idle = without_first($idle)
    let requests = without_first($requests)
  }
}
