# ports: 1
# hide: turn [0-9]+ of => turn N of
bind push $1 as out
connect pull $1 as sink
out wait connected
close sink
out wait disconnected
# libzmq may take a message or two more before it has dropped the connection.
loop { out send Hello; sleep 1ms }
