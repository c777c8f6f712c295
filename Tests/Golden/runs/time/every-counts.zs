every 1ms {
  print "turn $i"
  if $i == 3 { break }
}
repeat 2 {
  let outer = $i
  every 1ms { if $i == 2 { break } else { print "$outer.$i" } }
  print "back in $i"
}
