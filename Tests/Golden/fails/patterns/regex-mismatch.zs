bind pair inproc://a as left
connect pair inproc://a as right
left send "World from 5546!"
right expect re:'World from (?<port>\d+)'
