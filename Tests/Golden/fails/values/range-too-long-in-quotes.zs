let many = 1..20000000
print "$many" > /dev/null
