let x = 1s - 2s
sleep $x
