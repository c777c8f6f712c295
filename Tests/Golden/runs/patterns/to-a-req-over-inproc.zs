# The empty frame is added also where a random routing id says nothing of the peer.
bind router inproc://hub as hub
connect req inproc://hub as one
connect req inproc://hub as two
one send Hello
hub recv as request
hub to $request[0] World
one expect World
two send Hello
hub expect _ "" Hello
hub to @2 World
two expect World
