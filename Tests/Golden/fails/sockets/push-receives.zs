bind push inproc://a as out
recv
