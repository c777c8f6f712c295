# options: --no-shell
print x > written.txt
print x | cat
