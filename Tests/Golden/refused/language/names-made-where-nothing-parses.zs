# What a line that does not parse makes is not known: nobody is told that it is missing.
let total = (1 + 2
bind pair inproc://a as one as two as three }
print $total
one send Hello
print $other
prnt Hello
