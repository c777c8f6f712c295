within [1] print x
