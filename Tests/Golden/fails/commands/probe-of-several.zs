# hide: 127.0.0.1:\d+ => ADDRESS
# hide: within [0-9.]+ \w+ => within TIME
bind rep :0 as server
bind rep :0 as other
let ports = [$server.port, $other.port]
close other
probe $ports
