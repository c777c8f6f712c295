#!/usr/bin/env -S zsh-mq run
# Hands requests of REQ clients to REP workers and the replies back, until it is stopped. The ROUTER puts the
# address of the client before each request, the DEALER gives each to the next worker. The Guide's rrbroker.
#   zsh-mq run scripts/cookbook/broker.zs [FRONTEND] [BACKEND] [WORKERS]
timeout never

bind router ${1:-5559} as frontend
bind dealer ${2:-5560} as backend
backend wait connected ${3:-1}
print "Workers are there"
proxy frontend backend
