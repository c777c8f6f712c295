socket dealer as d
set rcvhwm 7
d set linger=2s sndhwm=9
d set rcvbuf 64KiB
d get rcvhwm
d get linger
d get sndhwm
d get rcvbuf
