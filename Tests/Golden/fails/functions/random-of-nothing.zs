let x = random(2, 1)
