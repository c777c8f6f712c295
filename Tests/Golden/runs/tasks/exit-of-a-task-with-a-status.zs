task worker { exit 7 }
wait worker
print never
