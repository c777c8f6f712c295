# Bytes that are no UTF-8 match nothing and do no harm; what a group took is kept as it came.
bind pair inproc://a as one
connect pair inproc://a as two
one send hex:41ff42
fails any two expect re:'A.B'
one send "grün 42"
two expect re:'(?<word>\w+) (?<number>\d+)'
print $word $number
one send "ab"
two expect re:'(?<first>x)?(?<rest>.*)'
print "[$first] [$rest]"
