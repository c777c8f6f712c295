connect dealer 127.0.0.1:9 as d routing_id=me maxmsgsize=1KiB
d get routing_id
d get maxmsgsize
