bind pull inproc://in as front
bind push inproc://out as back
within 20ms proxy front back
