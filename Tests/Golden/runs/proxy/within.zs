# In the foreground, as long as a `within` says.
bind pull inproc://in as front
bind push inproc://out as back
connect push inproc://in as pusher
connect pull inproc://out as sink
repeat 3 pusher send $i
fails timeout within 50ms proxy front back
repeat 3 sink expect $i
