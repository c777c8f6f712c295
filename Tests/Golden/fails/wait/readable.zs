bind pull inproc://a as sink
within 20ms wait readable
