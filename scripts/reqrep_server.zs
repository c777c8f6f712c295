#!/usr/bin/env -S zsh-mq run
# A REP server: answers each request with "World from PORT", until it is stopped.
#   zsh-mq run scripts/reqrep_server.zs [PORT]
let port = "${1:-5556}"
timeout never

bind rep $port as server
loop {
  recv as request
  print "Received request:  $request"
  send "World from $port"
}
