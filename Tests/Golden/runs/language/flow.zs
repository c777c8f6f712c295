repeat 3 { print "turn $i" }
for n in 1..3 { if $n != 2 { print $n } }
let k = 0
while $k < 2 { let k = $k + 1; print "k $k" }
loop { break }
if $k == 2 { print two } else { print other }
exit 0
print never
