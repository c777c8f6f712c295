serve rep inproc://a as greeter
