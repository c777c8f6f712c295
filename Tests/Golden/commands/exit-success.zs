exit
print never
