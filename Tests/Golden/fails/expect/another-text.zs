bind pair inproc://a as one
connect pair inproc://a as two
one send "World from 5556"
two expect "World from 5546"
