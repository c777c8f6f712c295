socket rep as one
set linger soon
set linger 5x
set linger -2
set rcvhwm many
set rcvhwm 5ms
set immediate maybe
set curve_serverkey abc
set linger 1.5
set rcvbuf 3MiBs
set rcvhwm 99999999999
set linger ""
