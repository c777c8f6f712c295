socket rep as send
socket rep as rep
socket rep as repeat
socket rep as time
socket rep as connected
socket rep as 1st
socket rep as my-socket
socket rep as ""
bind rep inproc://a as "a b\e"
