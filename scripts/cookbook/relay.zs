#!/usr/bin/env -S zsh-mq run
# Three tasks, each a thread, that signal each other by PAIR sockets: step 1 to step 2 to the script itself.
# The Guide's mtrelay.
#   zsh-mq run scripts/cookbook/relay.zs
bind pair inproc://step3 as finish
task step2 {
  bind pair inproc://step2 as before
  connect pair inproc://step3 as after
  before expect READY
  print "Step 2 ready, signaling step 3"
  after send READY
}
task step1 {
  connect pair inproc://step2 as after
  print "Step 1 ready, signaling step 2"
  after send READY
}
finish expect READY
print "Test successful!"
