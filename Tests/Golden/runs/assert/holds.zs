assert 1 + 1 == 2
assert true
assert len("Hello") > 4 && startswith("Hello", "He")
print done
