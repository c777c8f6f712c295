bind pair inproc://a as one
connect pair inproc://a as two
one send id
two expect id World
