bind dealer inproc://in as front
bind dealer inproc://out as back
bind dealer inproc://more as third
proxy front back as broker
proxy third back
