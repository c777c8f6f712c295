bind dealer inproc://a as first
bind dealer inproc://b as second
connect router inproc://a as hub connect_routing_id=one
connect hub inproc://b connect_routing_id=two
hub reset
hub send one Hello
first recv
hub send two World
second recv
