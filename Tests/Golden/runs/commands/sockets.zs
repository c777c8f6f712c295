bind rep inproc://a as server
connect req inproc://a
socket dealer
req1 send Hello
server recv as request
use server
sockets
