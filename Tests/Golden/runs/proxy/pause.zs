# A paused proxy lets messages wait.
bind pull inproc://in as front
bind push inproc://out as back
connect push inproc://in as pusher
connect pull inproc://out as sink
proxy front back as streamer
pusher send 1
sink expect 1
proxy pause streamer
pusher send 2
within 50ms sink expect nothing
proxy
proxy resume streamer
sink expect 2
stop streamer
