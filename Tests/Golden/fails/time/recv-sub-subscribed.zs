connect sub inproc://a as news
subscribe weather ''
within 20ms recv
