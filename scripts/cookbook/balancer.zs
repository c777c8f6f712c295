#!/usr/bin/env -S zsh-mq run
# Gives each request to the worker that has been idle longest, until it is stopped. One ROUTER serves both sides,
# so that one recv waits for all: REQ workers say READY or hand back a reply, REQ clients ask. Idle workers and
# waiting requests stand in two queues, which are sockets too. The Guide's lbbroker.
#   zsh-mq run scripts/cookbook/balancer.zs [FRONTEND] [BACKEND]
timeout never

bind pull inproc://workers as idle rcvhwm=0
bind pull inproc://requests as waiting rcvhwm=0
connect push inproc://workers as to_idle sndhwm=0
connect push inproc://requests as to_waiting sndhwm=0

bind router ${1:-5672} ${2:-5673} as broker router_mandatory=0
loop {
  recv as message
  if len($message) == 5 {
    # WORKER "" CLIENT "" REPLY
    send $message[2] "" $message[4]
    to_idle send $message[0]
  } else if len($message) == 3 && $message[2] == "READY" {
    print "A worker is ready"
    to_idle send $message[0]
  } else if len($message) == 3 {
    # CLIENT "" REQUEST
    to_waiting send $message
  }
  if $to_idle.sent > $idle.received && $to_waiting.sent > $waiting.received {
    idle recv as worker
    waiting recv as request
    send $worker "" $request
  }
}
