let x = [1] == 1
