socket rep as server
print $server.endpoint
