bind pub inproc://in as front
bind xpub inproc://out as back
proxy back front
