bind pair inproc://a as one
connect pair inproc://a as two
one send aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!
two expect re:'(a+)+b?'
