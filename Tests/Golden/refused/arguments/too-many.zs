socket rep as one
use one two
sleep 1s 2s
timeout never ever
exit 1 2
version 1
sockets now
tasks all
help send recv
get linger as x y
wait connected 1 2
wait readable now
status one two
reset one two
set linger 1s 2s
socket rep twice
expect nothing as x
