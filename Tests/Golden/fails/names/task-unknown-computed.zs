let x = "nobody"
stop $x
