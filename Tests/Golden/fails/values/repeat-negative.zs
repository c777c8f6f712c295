let n = 0 - 3
repeat $n print x
