# xfail: the first error is told last
print before
source _unchecked.zs
