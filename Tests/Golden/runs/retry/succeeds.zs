let n = 0
retry 3 {
  let n = $n + 1
  print "try $n"
  if $n < 3 { let x = 1 / 0 }
}
print "done after $n"
retry 1 print once
