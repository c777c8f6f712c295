unordered { print x }
bind pair inproc://a as left
unordered { left expect nothing }
