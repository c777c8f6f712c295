bind rep :0 as one tcp_keepalive_idle=30s
bind rep :0 as two tcp_keepalive_idle=30s tcp_keepalive=on
bind rep :0 as three heartbeat_ttl=2s
socket req as four socks_username=me
connect four 127.0.0.1:1
