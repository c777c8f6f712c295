# A reply to a client that has gone is counted, and ends nothing.
bind router inproc://front as front
bind dealer inproc://back as back
connect dealer inproc://back as worker
proxy front back as broker
worker send nobody Hello
connect dealer inproc://front as client
client send Hello
worker recv as request
worker send $request
client expect Hello
proxy
