print "never"
print "open
