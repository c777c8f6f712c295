bind pair inproc://a as one
connect pair inproc://a as two
one send a b
two recv as reply
print $reply[0] $reply[-1]
print $reply[2]
