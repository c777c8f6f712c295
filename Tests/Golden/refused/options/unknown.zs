socket rep as one
set lingr 1s
get xyzzy
bind pull inproc://a xyzzy=1
one set rcvhwn=1
