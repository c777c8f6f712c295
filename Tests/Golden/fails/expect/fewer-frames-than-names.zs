bind pair inproc://a as one
connect pair inproc://a as two
one send alone
two recv as id delimiter rest...
