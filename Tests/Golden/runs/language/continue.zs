for n in 1..5 {
  if $n % 2 == 0 { continue }
  print $n
}
repeat 3 { if $i == 2 { continue }; print "turn $i" }
let n = 0
while $n < 4 {
  let n = $n + 1
  if $n < 3 { continue }
  print "n is $n"
}
loop { for x in 1..3 { continue }; break }
