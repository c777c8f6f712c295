serve rep inproc://a as greeter { send "Hello $request" }
connect req inproc://a as client
repeat 2 {
  client send "Ada $i"
  client recv
}
stop greeter
greeter get type
print $greeter.received $greeter.sent
