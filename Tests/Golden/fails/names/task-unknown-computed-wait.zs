let x = "nobody"
wait $x
