# hide: 127\.0\.0\.1:\d+ => ADDRESS
# hide: ADDRESS for [\d.]+ m?s => ADDRESS for TIME
bind router :0 as hub router_handover=0
connect dealer $hub.port as one routing_id=me
one wait connected
one send Hello
within 100ms one recv
