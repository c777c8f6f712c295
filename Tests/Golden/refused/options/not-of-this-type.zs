bind rep inproc://a req_relaxed=1
