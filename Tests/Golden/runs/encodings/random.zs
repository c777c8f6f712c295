bind pair inproc://a as left
connect pair inproc://a as right
left send random:0
right recv
