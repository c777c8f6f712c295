# env: PASSWORD=hunter2
# The password comes from a variable or a file.
auth plain alice from _password.txt
auth plain bob $env.PASSWORD domain=other
bind rep :0 as server plain server
connect req $server.endpoint as client plain client alice $env.PASSWORD
client send Hello
server expect Hello as request
print "user '$request.user'"
server send World
wait auth allowed as who
print $who[0] $who[1] $who[2] $who[3] "'$who[4]'" $who[5]
connect req $server.endpoint as other plain client bob $env.PASSWORD
wait auth denied as who
print $who[0] $who[3] $who[5]
bind rep :0 as third plain server zap_domain=other
connect req $third.endpoint as fourth plain client bob $env.PASSWORD
wait auth allowed as who
print $who[0] $who[3] $who[4]
auth
