# hide: \S+ [µm]?s ago => TIME ago
# hide: \x20{2,} => |
# hide: 127.0.0.1:\d+ => ADDRESS
# hide: '\w+' at => PEER at
bind router inproc://hub as hub
connect dealer inproc://hub as worker routing_id=w1
connect req inproc://hub as client
hub peers
worker peers
# Of one alone it is known what came from it.
bind pull inproc://work as sink
connect push inproc://work as giver
giver send a
giver send b
sink recv
sink peers
# A PUB tells what each asked for.
bind pub :0 as news
connect sub 127.0.0.1:$news.port as reader subscribe=weather subscribe=''
news wait subscribed weather
news wait subscribed ''
news peers
# A ROUTER listens to the first of two with one routing id.
bind router inproc://twice as twice
connect dealer inproc://twice as first routing_id=me
connect dealer inproc://twice as second routing_id=me
twice peers
