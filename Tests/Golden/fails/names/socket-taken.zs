socket rep as one
bind pull inproc://a as one
