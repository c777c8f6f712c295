bind pull inproc://a as sink
timeout 10ms
fails timeout recv
timeout 1m
timeout never
print done
