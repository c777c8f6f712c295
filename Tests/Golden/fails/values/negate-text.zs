let x = "a"
let y = -$x
