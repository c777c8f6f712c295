#!/usr/bin/env -S zsh-mq run
# A PUSH that deals a hundred tasks to its workers, once they are there. A task says how long it takes, in ms.
# The Guide's taskvent.
#   zsh-mq run scripts/cookbook/ventilator.zs [WORKERS] [ENDPOINT] [SINK]
let count = "${1:-2}"
timeout 1m

bind push ${2:-5557} as workers
connect push ${3:-5558} as sink

print "Waiting for $count workers..."
workers wait connected $count
sink wait connected
sink send start 100
repeat 100 { workers send ${random(1, 10)} }
print "100 tasks sent"
