bind router inproc://a as hub
connect dealer inproc://a as one
hub wait connected
hub send one Hello
