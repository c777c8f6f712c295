serve rep inproc://a as greeter { let x = 1 / int("$request") }
connect req inproc://a as client
client send 0
client recv
