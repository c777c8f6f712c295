bind pair inproc://a as left
connect pair inproc://a as right
left send {"n": 1}
left send two
repeat 2 { right recv } > got.txt
sh 'cat got.txt'
