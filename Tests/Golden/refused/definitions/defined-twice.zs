def one { print 1 }
def one { print 2 }
one
