let many = 1..20000000
print ${len(many)} $many.count
for n in $many { if $n == 3 { break }; print $n }
