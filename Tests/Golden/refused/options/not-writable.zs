socket rep as one
set rcvmore 1
bind pull inproc://a type=3
