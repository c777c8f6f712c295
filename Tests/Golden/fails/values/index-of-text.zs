let x = "abc"
print $x[0]
