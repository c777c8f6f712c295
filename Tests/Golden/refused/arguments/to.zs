bind router inproc://a as hub
hub to
hub to me
