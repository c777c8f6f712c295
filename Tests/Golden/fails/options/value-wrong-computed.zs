socket rep as one
let x = "soon"
set linger $x
