bind pull inproc://a as sink
timeout 20ms
recv
