bind pair inproc://x as one
connect pair inproc://x as two
one send Hello
two recv
one send "Hello World"
two recv
one send ""
two recv
one send "\x00\xff" "line\nend" "say \"hi\"" "\$x"
two recv
one send a b ""
two recv as message
two send $message
one recv
print "$message" $message[1] "$message.size"
