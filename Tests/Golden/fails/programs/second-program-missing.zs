print x | cat | no-such-program
