let x = "\xff"
print ${len($x)}
print ${int($x)}
