bind rep inproc://a as server
connect req inproc://a as client linger=0
connect client inproc://b
client send Hello
server recv
print $client.peers
