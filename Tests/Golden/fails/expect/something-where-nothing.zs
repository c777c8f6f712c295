bind pair inproc://a as one
connect pair inproc://a as two
one send Hello "big World"
two expect nothing
