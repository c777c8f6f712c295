within 0s print x
