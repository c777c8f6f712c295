bind pair inproc://a as one
connect pair inproc://a as two
one send Hello
one send "Hello World"
one send id "" World
one send ""
let words = ["x", "y"]
one send $words
one send "$words"
one send {"id": 1, "tags": ["a", "b"]}
one send $words World
repeat 8 two recv
