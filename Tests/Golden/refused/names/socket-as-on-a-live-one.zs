socket pull as one
bind one inproc://a as two
one bind inproc://a as two
