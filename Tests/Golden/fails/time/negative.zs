within 1s - 2s print x
