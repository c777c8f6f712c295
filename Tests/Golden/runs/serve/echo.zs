serve rep inproc://a as echoer echo
connect req inproc://a as client
client send Hello "" World
client recv
stop echoer
