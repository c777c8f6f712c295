# hide: 127.0.0.1:\d+ => ENDPOINT
# Also of sockets without any mechanism.
auth allow 127.0.0.0/8 ::1
bind rep :0 as server
connect req $server.endpoint as client
client wait connected
wait auth allowed as who
print "$who[0] $who[1] $who[2] '$who[3]' $who[4] $who[5]"
auth deny 127.0.0.1
connect req $server.endpoint as refused
wait auth denied as who
print "$who[0] $who[5]"
auth
auth stop
auth
