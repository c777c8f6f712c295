#!/usr/bin/env -S zsh-mq run
# Receives from two sockets of different kinds at once: tasks from a ventilator, weather from a publisher. Where both
# have something they take turns. The Guide's mspoller.
#   zsh-mq run scripts/cookbook/many_sockets.zs [VENTILATOR] [PUBLISHER] [COUNT]
timeout 1m

connect pull ${1:-5557} as ventilator
connect sub ${2:-5556} as weather subscribe="10001 "
repeat ${3:-20} {
  wait readable ventilator weather as ready
  $ready recv as message
  print $ready $message
}
