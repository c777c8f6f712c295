let x = "soon"
timeout $x
