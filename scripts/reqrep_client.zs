#!/usr/bin/env -S zsh-mq run
# A REQ client: sends nine requests, which its servers answer in turn.
#   zsh-mq run scripts/reqrep_client.zs [PORT...]
let ports = $@
if $# == 0 { let ports = [5556] }

print "Connecting to hello world server..."
connect req $ports as client
wait connected ${len($ports)}

repeat 9 {
  print "Sending request  $i ..."
  send Hello
  recv as reply
  print "Received reply  $i [ $reply ]"
}
