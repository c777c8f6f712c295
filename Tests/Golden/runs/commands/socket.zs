socket dealer as d routing_id=worker1
d get routing_id
socket sub
socket sub
print $sub2.type $sub2.name
