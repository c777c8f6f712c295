bind rep inproc://a as server
wait subscribed
