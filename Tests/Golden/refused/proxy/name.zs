bind dealer inproc://in as front
bind dealer inproc://out as back
proxy front back as recv
