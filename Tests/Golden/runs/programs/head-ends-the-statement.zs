repeat 1000000 { print "line $i" } | head -1
print done
