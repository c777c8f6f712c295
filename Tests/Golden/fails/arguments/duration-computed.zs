let x = 5
sleep $x
