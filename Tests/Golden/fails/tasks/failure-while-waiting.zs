task worker { let x = 1 / 0 }
wait worker
print never
