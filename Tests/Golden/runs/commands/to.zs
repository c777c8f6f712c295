bind router inproc://hub as hub
connect dealer inproc://hub as worker routing_id=w1
connect dealer inproc://hub as nameless
worker send Hello
nameless send Hello
hub recv as one
hub recv as two
hub to w1 World
worker expect World
hub to @1 World again
nameless expect World again
hub send @1 World
nameless expect World
hub to $one[0] {"n": 1}
worker expect {"n": 1}
