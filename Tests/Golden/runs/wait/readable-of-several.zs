# The first of several sockets that has a message; where more have, the one that was told longest ago.
bind pull inproc://a as one
bind pull inproc://b as two
connect push inproc://a as first
connect push inproc://b as second
second send Hello
wait readable one two as ready
print $ready $ready.type
$ready expect Hello
first send 1
second send 2
wait readable two one as ready
$ready expect 1
two wait readable as ready
print $ready
