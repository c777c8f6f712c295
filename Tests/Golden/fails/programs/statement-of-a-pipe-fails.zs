repeat 1 { print one; let x = 1 / 0 } | cat
