bind router inproc://in as front
bind dealer inproc://out as back
bind pull inproc://tap as tap
proxy front back tap
