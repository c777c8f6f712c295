print before
print $nothing
