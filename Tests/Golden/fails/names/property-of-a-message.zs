bind pair inproc://a as one
connect pair inproc://a as two
one send x
two recv as reply
print $reply.sizee
