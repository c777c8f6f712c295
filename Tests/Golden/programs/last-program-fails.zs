# xfail: it points at the first program, `cat`, whichever failed
print x | cat | sh -c 'cat; exit 2'
