# A ROUTER that connects to another knows nobody yet, unless it named the peer.
bind router inproc://hub as hub
connect router inproc://hub as named connect_routing_id=anna
named to anna Hello
hub expect _ Hello
connect router inproc://hub as other
other to anna Hello
