bind rep inproc://in as front
bind router inproc://out as back
proxy front back
