bind router inproc://a as hub
hub send Hello
