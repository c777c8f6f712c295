# Each refusal of the two state machines, expected; the sockets go on.
bind rep inproc://page as server
connect req inproc://page as client
fails EFSM client recv
fails EFSM server send World
client send Hello
fails EFSM client send Hello1
server recv
fails EFSM server recv
server send World
fails EFSM server send World2
client recv
fails EFSM client recv
print all told
