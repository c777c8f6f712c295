# hide: 127\.0\.0\.1:\d+ => ADDRESS
bind router :0 as hub
connect dealer $hub.port as one routing_id=me
one wait connected
connect dealer $hub.port as two routing_id=me linger=0
two wait connected
two send "never seen"
fails timeout within 200ms hub recv
one send Hello
hub recv
