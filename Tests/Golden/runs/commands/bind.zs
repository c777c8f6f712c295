bind rep inproc://a inproc://b as server linger=0
bind server inproc://c
print $server.type $server.endpoint
bind pull :0
bind pull1 *
print $pull1.type
