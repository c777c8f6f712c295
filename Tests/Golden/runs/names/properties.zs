bind pair inproc://a as one
connect pair inproc://a as two
one send "Hello" "" "World"
two recv as reply
print $one.name $one.type $one.endpoint $one.peers $one.sent $one.received $one.state
print $two.received $reply.size $reply.count $reply.frames "peer '$reply.peer'"
