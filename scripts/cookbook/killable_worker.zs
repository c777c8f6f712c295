#!/usr/bin/env -S zsh-mq run
# A worker that the sink can end: a task of the script works, while the script waits for KILL.
# The Guide's taskwork2.
#   zsh-mq run scripts/cookbook/killable_worker.zs [VENTILATOR] [SINK] [CONTROL]
timeout never

task working {
  connect pull ${1:-5557} as ventilator
  connect push ${2:-5558} as sink
  loop {
    ventilator recv as work
    sleep "${work}ms"
    sink send done $work
  }
}

connect sub ${3:-5559} as control subscribe=KILL
expect KILL
stop working
print "Killed"
