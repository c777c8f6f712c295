bind push inproc://in as front
bind push inproc://out as back
proxy front back
