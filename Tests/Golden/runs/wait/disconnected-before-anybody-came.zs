bind rep :0 as server
let port = $server.port
task visitor {
  # Long enough for the wait to have begun, and no harm where it has not.
  sleep 30ms
  connect req $port as client
  client wait connected
}
server wait disconnected
wait visitor
print "it came and went"
