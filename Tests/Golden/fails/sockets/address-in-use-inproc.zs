bind pull inproc://a as one
bind pull inproc://a as two
