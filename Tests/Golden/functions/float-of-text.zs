let x = float("x")
