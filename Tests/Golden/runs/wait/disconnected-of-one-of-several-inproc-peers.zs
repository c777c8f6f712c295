# Also of one that has gone and come back since the last wait.
bind pull inproc://here as here
connect push inproc://here as one
connect push inproc://here as two
here wait connected 2
close one
here wait disconnected
fails timeout within 20ms here wait disconnected
print $here.peers
close two
connect push inproc://here as three
connect push inproc://here as four
here wait disconnected
print $here.peers
