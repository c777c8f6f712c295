bind push inproc://a as out
out wait readable
