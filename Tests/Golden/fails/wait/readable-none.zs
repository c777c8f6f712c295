# options: --timeout 50ms
bind pull inproc://a as one
bind pull inproc://b as two
wait readable one two
