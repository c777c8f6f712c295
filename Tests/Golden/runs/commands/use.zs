bind pair inproc://a as one
connect pair inproc://a as two
use one
send Hello
use two
recv
