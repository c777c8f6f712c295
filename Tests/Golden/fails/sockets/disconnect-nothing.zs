bind pull inproc://a as sink
sink disconnect
