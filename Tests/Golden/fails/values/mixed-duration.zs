let x = 1s + 1
