connect sub inproc://a as news
within 20ms recv
