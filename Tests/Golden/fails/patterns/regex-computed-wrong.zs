bind pair inproc://a as left
connect pair inproc://a as right
let what = "("
left send x
right expect re:$what
