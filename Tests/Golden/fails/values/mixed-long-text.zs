let x = "a text that is much longer than thirty characters" - 1
