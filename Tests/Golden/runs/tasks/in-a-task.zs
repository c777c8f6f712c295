task outer {
  task inner { print within }
  wait inner
  print without
}
wait outer
