bind pair inproc://a as left
connect pair inproc://a as right
left send hexa:00 http://host:80
right recv
