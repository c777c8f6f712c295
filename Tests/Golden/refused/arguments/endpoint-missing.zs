bind rep
connect req as client
socket rep as one
one bind
bind one linger=0
