# Each message is told that passes.
bind pull inproc://in as front
bind push inproc://out as back
connect push inproc://in as pusher
connect pull inproc://out as sink
proxy front back as streamer
proxy watch streamer
pusher send Hello "" hex:00ff
pusher send zeros:1000
repeat 2 sink recv as message
proxy unwatch streamer
pusher send silent
sink expect silent
