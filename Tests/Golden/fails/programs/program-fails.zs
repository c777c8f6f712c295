fails program print x | false
print x | cat | cat
print x | sh -c 'cat; exit 2'
