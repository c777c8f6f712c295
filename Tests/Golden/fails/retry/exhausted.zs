bind rep inproc://a as server
retry 3 server send early
