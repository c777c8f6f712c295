bind pair inproc://a as one
connect pair inproc://a as two
one send Hello
two expect Hell
