let n = 2
assert $n == 2 && $n > 5
