bind router inproc://hub as hub
hub to @last Hello
