# hide: since [\d.]+ [µm]?s => since TIME
bind rep inproc://a as server
connect req inproc://a as client linger=0
status
client send "Hello World, this is long enough to be cut"
client status
server recv as request
status server
socket sub as news
news subscribe weather sport ''
news status
