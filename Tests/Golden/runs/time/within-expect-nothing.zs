bind pull inproc://a as sink
within 20ms sink expect nothing
print done
