bind pair inproc://a as one
connect pair inproc://a as two
one send id "" World
two expect id
