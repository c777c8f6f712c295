# hide: within [0-9.]+ \w+ => within TIME
# hide: 127.0.0.1:\d+ => ADDRESS
# hide: process \d+ \([^)]*\) => PROCESS
bind dealer :0 as server routing_id=bob
probe $server.endpoint
probe $server.port $server.endpoint
probe $server.port as peer
print $peer
# What came is no ZeroMQ: that is an error like another.
bind stream :0 as http
fails timeout within 200ms probe $http.port
fails ECONNREFUSED probe 1
fails ENOENT probe ./there-is-no-such-file
