let list = [1, 2, 3, 4]
print $list[1..2] | cat
print "all: $list[0..-1], rest: $list[1..-1], end: $list[-2..-1], one: $list[0..0], none: $list[4..-1]."
let none = []
print ${len(list[4..-1])} ${len(none[0..-1])} ${len((1..1000000)[10..19])}
print ${json("[1, [2, 3], 4]")[1..2][0][1]}
bind pair inproc://here as left
connect pair inproc://here as right
left send one two "" body
right recv as message
let hops = 2
right send $message[$hops..-1]
left recv
right send $message[0..1] more
left recv
print ${len((1..1000000000000)[1..-1])} ${(5..9)[1..-2]}
