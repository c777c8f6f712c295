print x | cat | sh -c 'cat; exit 2'
