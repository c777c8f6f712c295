let file = "demo"
print "$file.txt"
