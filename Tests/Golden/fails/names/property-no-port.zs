bind rep inproc://a as server
print $server.port
