bind router inproc://a as hub
hub get rcvhwm
hub get linger
hub get type as kind
hub get sndbuf
print $kind
