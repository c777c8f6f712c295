let x = join(3, ",")
