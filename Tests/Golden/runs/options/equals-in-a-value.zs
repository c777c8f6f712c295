socket dealer as d routing_id="a=b"
d get routing_id
