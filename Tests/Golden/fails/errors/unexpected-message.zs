bind pair inproc://x as one
connect pair inproc://x as two
one send World
two expect Hello
