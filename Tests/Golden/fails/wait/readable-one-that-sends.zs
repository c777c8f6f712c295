bind pull inproc://a as one
bind push inproc://b as two
wait readable one two
