# A capture socket that nobody reads holds nobody up.
bind pull inproc://in as front
bind push inproc://out as back
bind push inproc://tap as tap
connect push inproc://in as pusher
connect pull inproc://out as sink
proxy front back tap as streamer
repeat 10 pusher send $i
repeat 10 sink expect $i
proxy
