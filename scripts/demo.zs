#!/usr/bin/env -S zsh-mq run
# Request and reply, from two servers that take turns to a server that dies and comes back.
# Everything happens in this one program: each server is a task with a socket of its own.
#   zsh-mq run scripts/demo.zs [PORT PORT]
let first = "${1:-5546}"
let second = "${2:-5556}"

print "-- two servers, one client"
task one { bind rep $first as server; loop { recv as request; send "World from $first" } }
task two { bind rep $second as server; loop { recv as request; send "World from $second" } }

print "Connecting to hello world server..."
connect req $first $second as client
wait connected 2
repeat 5 {
  print "Sending request  $i ..."
  send Hello
  recv as reply
  print "Received reply  $i [ $reply ]"
}

print "-- a REQ sends and receives in turn: a second send is refused"
send Hello
fails EFSM send Hello1
recv as reply
print "Received the reply all the same [ $reply ]"
close client

print "-- a server dies with a request, and comes back: reset recovers"
stop one two
# This server takes one request and dies without an answer.
task dying { bind rep $first; recv }
connect req $first as client
send "Are you there?"
wait dying
fails timeout within 200ms recv
task restarted { bind rep $first; loop { recv as request; send "World again" } }
fails EFSM send Hello
client reset
send Hello
expect "World again"
print "Recovered with reset"
close client
stop restarted

print "-- and with req_relaxed and req_correlate, a REQ simply sends again"
task dying { bind rep $first; recv }
connect req $first as client req_relaxed=1 req_correlate=1
send "Are you there?"
wait dying
fails timeout within 200ms recv
task restarted { bind rep $first; loop { recv as request; send "World again" } }
wait connected
send Hello
expect "World again"
print "Recovered without reset"
