connect dealer inproc://a as d routing_id=me maxmsgsize=1KiB
d get routing_id
d get maxmsgsize
