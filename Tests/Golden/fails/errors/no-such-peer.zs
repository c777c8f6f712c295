bind router inproc://hub as hub
hub send ghost "" Hello
