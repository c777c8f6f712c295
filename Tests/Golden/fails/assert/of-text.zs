bind pair inproc://a as left
connect pair inproc://a as right
left send Hello "\x00"
right recv as reply
assert $reply == "Hello"
