task worker {
  print begun
  fails EFSM print x
}
sleep 1m
print never
