bind router inproc://in as front
bind router inproc://out as back
proxy front back as broker
