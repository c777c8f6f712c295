# options: --timeout 200ms
bind pull inproc://nobody as sink
recv
