bind pair inproc://a as left
connect pair inproc://a as right
left send zeros:4 zeros:0
right recv
