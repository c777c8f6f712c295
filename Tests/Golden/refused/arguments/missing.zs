bind
connect
socket
close
get
set
set linger
sleep
source
timeout
use
wait
stop
subscribe
unsubscribe
send
expect
