bind pair inproc://a as one
within 20ms expect Hello
