let x = "linger"
socket rep as one
get $x
set $x 1s
get linger as $x
recv as "$x"
