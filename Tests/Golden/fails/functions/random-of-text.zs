let x = random("a", 2)
