# hide: tried \d+ times => tried N times
bind pull inproc://a as sink
within 40ms retry 1000000 sink recv
