# args: one
print $1 $2
