bind pull inproc://a as sink
wait connected many
