repeat [1] print x
