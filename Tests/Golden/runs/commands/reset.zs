bind pull inproc://a as sink
bind rep inproc://b as server
connect req inproc://b as client rcvhwm=7
client send Hello
fails EFSM client send Hello
client reset
client send again
client get rcvhwm
reset server
print $server.endpoint $server.type
