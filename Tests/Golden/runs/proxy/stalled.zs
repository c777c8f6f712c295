# What nobody takes is told, and goes on once somebody does.
bind pull inproc://in as front
bind push inproc://out as back
connect push inproc://in as out
proxy front back as streamer
out send one
retry 300 every 10ms { proxy | grep -q stalled }
connect pull inproc://out as sink
sink expect one
proxy stop streamer
