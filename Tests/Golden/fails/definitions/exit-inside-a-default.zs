def end { exit 3 }
print before
print ${end():-default}
print after
