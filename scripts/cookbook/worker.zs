#!/usr/bin/env -S zsh-mq run
# Pulls tasks, works on each for so many milliseconds, and pushes what is done to the sink, until it is stopped.
# The Guide's taskwork.
#   zsh-mq run scripts/cookbook/worker.zs [VENTILATOR] [SINK] [NAME]
let name = "${3:-worker}"
timeout never

connect pull ${1:-5557} as ventilator
connect push ${2:-5558} as sink
loop {
  ventilator recv as task
  sleep "${task}ms"
  sink send done $task $name
}
