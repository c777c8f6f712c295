# A copy of each message, in both directions.
bind router inproc://front as front
bind dealer inproc://back as back
bind push inproc://tap as tap
connect pull inproc://tap as copies
connect dealer inproc://front as client routing_id=client
connect dealer inproc://back as worker
proxy front back tap as broker
client send Hello
worker recv as request
worker send $request
client expect Hello
copies expect client Hello
copies expect client Hello
proxy
stop broker
print $tap.sent
