# `sockets` tells who has those that were handed over.
bind pull inproc://in as front
bind push inproc://out as back
bind pair inproc://kept as kept
proxy front back as streamer
sockets
stop streamer
