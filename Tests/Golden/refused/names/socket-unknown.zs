socket rep as server
srver recv
recieve send x
use servr
use nobody
close nobody
status nobody
nobody send x
bind nobody inproc://a
