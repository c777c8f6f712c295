bind dealer inproc://a as first
bind dealer inproc://b as second
connect router inproc://a as hub connect_routing_id=one
hub set connect_routing_id two
hub reset
connect hub inproc://b
hub send one Hello
first recv
hub send two World
second recv
