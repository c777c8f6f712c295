bind pull inproc://a as sink
wait connected 0
