# A frame that is too large costs the peer its connection, of which libzmq says no more. Of one that was there for two
# milliseconds it is known who ended it.
# hide: 127.0.0.1:\d+ => ENDPOINT
# hide: ENDPOINT for [^,]* => ENDPOINT for TIME
bind pull :0 as sink maxmsgsize=1KiB
connect push $sink.endpoint as source1 linger=0 reconnect_ivl=-1
sink wait connected
sleep 10ms
source1 send zeros:2KiB
sink wait disconnected
within 100ms sink recv
