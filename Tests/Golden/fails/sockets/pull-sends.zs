bind pull inproc://a as sink
send x
