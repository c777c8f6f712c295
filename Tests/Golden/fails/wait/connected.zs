bind rep inproc://a as server
within 20ms wait connected
