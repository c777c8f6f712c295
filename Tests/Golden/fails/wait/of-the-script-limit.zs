# options: --timeout 20ms
bind rep inproc://a as server
wait connected
