#!/usr/bin/env -S zsh-mq run
# Receives from two sockets of different kinds at once: tasks from a ventilator, weather from a publisher. One task
# of the script waits at each, and all that comes is pushed into one PULL. The Guide's mspoller.
#   zsh-mq run scripts/cookbook/many_sockets.zs [VENTILATOR] [PUBLISHER] [COUNT]
timeout 1m

bind pull inproc://all as all
task work {
  connect pull ${1:-5557} as ventilator
  connect push inproc://all as all
  loop { ventilator recv as message; all send task $message }
}
task news {
  connect sub ${2:-5556} as weather subscribe="10001 "
  connect push inproc://all as all
  loop { weather recv as message; all send weather $message }
}

repeat ${3:-20} { all recv }
