let x = false && 1 / 0 == 1
let y = true || 1 / 0 == 1
print $x $y
