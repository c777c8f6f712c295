# `fails` holds only if the statement fails.
bind rep inproc://page as server
connect req inproc://page as client
fails EFSM client send Hello
