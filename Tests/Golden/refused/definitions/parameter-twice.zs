def one a a { print $a }
one 1 2
