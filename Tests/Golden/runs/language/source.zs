source _greeting.zs
print "$greeting, world"
