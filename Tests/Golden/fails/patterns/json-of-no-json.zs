bind pair inproc://a as left
connect pair inproc://a as right
left send World
right expect {"id": 7}
