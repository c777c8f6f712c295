socket rep as one
print $one.xyzzy
