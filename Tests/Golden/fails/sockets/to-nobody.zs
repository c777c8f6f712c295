bind router inproc://a as hub
connect dealer inproc://a as one
one send Hello
hub recv as m
hub to @2 Hello
