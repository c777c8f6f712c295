connect req inproc://a as client
send Hello
within 20ms recv
