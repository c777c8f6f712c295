bind rep inproc://b as server
connect req inproc://b as client
client expect World
