# xfail: in quotes, as in str(), a range is written out whatever its length: 20 million numbers take 169 MB
let many = 1..20000000
print "$many" > /dev/null
