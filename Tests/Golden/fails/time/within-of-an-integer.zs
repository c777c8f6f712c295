let x = 5
within $x print x
