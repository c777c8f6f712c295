bind pull inproc://a as sink
sink wait writable
