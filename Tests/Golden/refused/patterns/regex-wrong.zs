bind pair inproc://a as left
connect pair inproc://a as right
right expect re:'('
