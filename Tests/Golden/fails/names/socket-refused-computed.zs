let x = "my socket\e"
socket rep as $x
