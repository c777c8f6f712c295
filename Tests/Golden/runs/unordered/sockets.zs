bind pair inproc://a as left
connect pair inproc://a as right
left send to-right
right send to-left
unordered { left expect to-left; right expect to-right }
print done
