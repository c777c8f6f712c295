let x = []
print $x[0]
