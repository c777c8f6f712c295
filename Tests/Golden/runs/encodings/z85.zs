bind pair inproc://a as left
connect pair inproc://a as right
left send z85:'HelloWorld' z85:""
right recv
