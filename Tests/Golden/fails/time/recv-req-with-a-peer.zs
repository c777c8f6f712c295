bind rep inproc://a as server
connect req inproc://a as client
client send Hello
within 20ms recv
