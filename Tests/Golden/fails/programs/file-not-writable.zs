fails ENOENT print x > no/such/folder.txt
print x > .
