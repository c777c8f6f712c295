#!/usr/bin/env -S zsh-mq run
# Hands requests of REQ clients to REP workers and the replies back, until it is stopped. The ROUTER keeps the
# address of each client before its request, the DEALER gives each request to the next worker. The Guide's rrbroker.
#   zsh-mq run scripts/cookbook/broker.zs [FRONTEND] [BACKEND] [WORKERS]
timeout never

bind router ${1:-5559} as frontend router_mandatory=0
bind dealer ${2:-5560} as backend
backend wait connected ${3:-1}
print "Workers are there"
loop {
  # Whatever waits at one side is handed over, then the other has its turn.
  try {
    within 5ms { frontend wait readable; backend wait writable }
    frontend recv as request
    backend send $request
  } catch { assert $error.name == "timeout" }
  try {
    within 5ms backend recv as reply
    frontend send $reply
  } catch { assert $error.name == "timeout" }
}
