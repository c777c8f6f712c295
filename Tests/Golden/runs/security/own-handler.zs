# hide: tcp://127.0.0.1:\d+ => tcp://ENDPOINT
# A script may answer libzmq itself (ZAP, RFC 27).
serve rep inproc://zeromq.zap.01 as zap {
  print "$request[5] from $request[3] in '$request[2]'"
  if len($request) == 8 && $request[6] == "alice" {
    send 1.0 $request[1] 200 OK alice ""
  } else {
    send 1.0 $request[1] 400 "not you" "" ""
  }
}
sh 'printf "%s" hunter2 > password'
bind rep :0 as server plain server
connect req $server.endpoint as client plain client alice from password
client send Hello
server recv as request
print "$request from $request.user"
bind rep :0 as open
connect req $open.endpoint as stranger
fails timeout within 300ms stranger wait connected
try { within 1s open recv } catch { print "$error.name" }
open status | grep '^bind'
