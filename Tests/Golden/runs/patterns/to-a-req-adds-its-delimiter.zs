bind router :0 as hub
connect req $hub.port as client
client send Hello
hub recv as request
hub to $request[0] World
client expect World
client send "Hello again"
hub expect _ "" "Hello again"
hub to @1 World
client expect World
client send "and again"
hub expect _ "" "and again"
hub to @1 "" World
client expect World
connect req $hub.port as careful req_correlate=on
careful send Hello
hub recv as request
hub to $request[0] $request[1] "" World
careful expect World
