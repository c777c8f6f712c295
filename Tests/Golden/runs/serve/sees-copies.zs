let greeting = "Hello"
serve rep inproc://a as greeter { send "$greeting $request" }
let greeting = "Bye"
connect req inproc://a as client
client send Ada
client recv
