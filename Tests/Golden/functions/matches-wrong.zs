let x = matches("a", "(")
