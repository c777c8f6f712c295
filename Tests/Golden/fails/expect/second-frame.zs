bind pair inproc://a as one
connect pair inproc://a as two
one send id Hello
two expect id World
