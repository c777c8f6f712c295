bind rep inproc://a as server
unsubscribe x
