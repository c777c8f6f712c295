print "open
