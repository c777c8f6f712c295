let none = []
print x | $none
