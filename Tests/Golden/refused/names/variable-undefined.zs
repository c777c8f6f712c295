let total = 1
print $totl
print $xyzzy
send "$xyzzy"
