# hide: '\w+' at => PEER at
bind router inproc://hub as hub
connect dealer inproc://hub as worker routing_id=w1
connect req inproc://hub as client
hub peers
worker peers
