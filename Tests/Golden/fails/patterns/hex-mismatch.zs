bind pair inproc://a as left
connect pair inproc://a as right
left send "\x00\xfe"
right expect hex:00ff
