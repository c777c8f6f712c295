bind pair inproc://a as left
connect pair inproc://a as right
left view hex
left send Hello
right send World
right recv
left recv
