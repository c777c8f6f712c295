bind rep inproc://a as server
retry 1 server send early
