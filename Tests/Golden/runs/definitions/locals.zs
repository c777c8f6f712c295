let n = 1
def change n {
  let n = int($n) + 1
  let inner = $n
  print "inside $n $inner"
}
change 10
print "outside $n"
def early n {
  for x in 1..5 {
    while true {
      if $x == $n { return "found $x" }
      break
    }
  }
  return "none"
}
print ${early(3)}
print ${early(9)}
