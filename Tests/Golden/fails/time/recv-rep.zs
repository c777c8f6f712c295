bind rep inproc://a as server
within 20ms recv
