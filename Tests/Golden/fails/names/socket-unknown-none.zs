let x = "nobody"
use $x
