bind pair inproc://a as left
connect pair inproc://a as right
left send hex:48656c6c6f hex:48656C6C6F hex:""
right recv
