# options: --timeout 20ms
bind pull inproc://a as sink
recv
