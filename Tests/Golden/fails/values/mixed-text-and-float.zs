let x = 1.5 < "2"
