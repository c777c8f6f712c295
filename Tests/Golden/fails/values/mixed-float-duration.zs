let x = 1s * 1.5
