socket rep as server
let x = "servr"
use $x
