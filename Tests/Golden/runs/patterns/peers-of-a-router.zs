# hide: 127\.0\.0\.1:\d+ => 127.0.0.1:PORT
# hide: ([\d.]+ m?s ago) *  => AGO  
bind router :0 as hub
connect dealer $hub.port as worker routing_id=w1
connect req $hub.port as client
hub wait connected 2
worker send Hello
hub recv as one
worker send Hello
hub recv as one
client send Hello
hub recv as two
hub peers | sed -E 's/ +/ /g; s/[0-9.]+ m?s ago/TIME/g; s/:[0-9]+/:PORT/' | sort
