bind rep :0 as server
connect dealer $server.port as client
wait connected
client send "no delimiter"
fails timeout within 200ms server recv
client send "" Hello
server expect Hello
server send World
client expect "" World
client send "none again"
fails timeout within 200ms server recv
server status | grep dropped
