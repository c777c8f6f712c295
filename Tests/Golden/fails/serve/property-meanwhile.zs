bind rep inproc://a as server
serve server echo
print $server.endpoint $server.peers
