alias shout = 'print loud:'
