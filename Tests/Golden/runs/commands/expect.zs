bind pair inproc://a as one
connect pair inproc://a as two
one send World
two expect World
one send id "" "World from 5556"
two expect _ "" "World from 5556" as reply
print $reply.count $reply[2]
one send id x y z
two expect id ...
one send "Hello World" as
two expect "Hello World" "as"
let words = ["a", "b"]
one send $words
two expect $words
timeout 20ms
two expect nothing
print done
