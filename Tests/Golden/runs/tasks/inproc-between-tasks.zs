task server {
  bind rep inproc://between as replier
  repeat 3 { replier recv as request; replier send "$request, World" }
}
task client {
  connect req inproc://between as asker
  repeat 3 { asker send "Hello $i"; asker recv }
}
wait client
wait server
