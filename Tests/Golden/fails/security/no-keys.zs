bind rep :0 as server
print $server.publickey
