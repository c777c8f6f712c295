bind pair inproc://a as left
connect pair inproc://a as right
view hex
left send Hello
recv
view text
left send Hello
recv
