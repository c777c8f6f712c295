bind rep :0 as server
server set maxmsgsize 1MiB
server get maxmsgsize
server set rcvhwm 5
