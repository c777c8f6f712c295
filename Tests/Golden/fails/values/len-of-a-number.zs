print ${len("Grüße")} ${len([1, 2])} ${len(1..9)}
print ${len(5)}
