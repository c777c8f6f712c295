bind pair inproc://a as one
connect pair inproc://a as two
one send Hello
fails value two expect ${1 / 0}
two recv
