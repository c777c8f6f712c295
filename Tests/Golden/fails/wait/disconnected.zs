bind pull inproc://a as sink
connect push inproc://a as out
within 20ms sink wait disconnected
