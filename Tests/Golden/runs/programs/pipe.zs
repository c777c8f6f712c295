print first
print "b\na" | sort
repeat 3 { print "line $i" } | tail -1
for n in 1..3 { print $n } | tr 1-3 a-c | sort -r
let word = "line"
print "a line" | grep -c $word
let words = ["-n", "p"]
print x | sed $words
print last
