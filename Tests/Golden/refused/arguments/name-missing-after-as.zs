socket rep as
bind rep inproc://a as
socket rep as one
get linger as
recv as
