socket rep as server
socket rep as other
let x = "nobody"
$x recv
