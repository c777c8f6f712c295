# ports: 1
bind push $1 as out
connect pull $1 as sink
out wait connected
close sink
out wait disconnected
# libzmq may take a message or two more before it has dropped the connection.
loop { out send Hello; sleep 1ms }
