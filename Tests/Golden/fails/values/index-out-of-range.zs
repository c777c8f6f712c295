let x = [1, 2, 3]
print $x[-3] $x[2]
print $x[3]
