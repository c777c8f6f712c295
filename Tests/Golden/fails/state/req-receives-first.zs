bind rep inproc://page as server
connect req inproc://page as client
client recv
