bind router inproc://a as hub
connect dealer inproc://a as one routing_id=one
connect dealer inproc://a as two routing_id=two
one send Hello
two send Hello
hub recv
hub recv
hub send three Hello
