repeat 2 print $i
print $i
