def g { print x }
