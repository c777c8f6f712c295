# hide: 127\.0\.0\.1:\d+ => ADDRESS
bind pair :0 as one
connect pair $one.port as two
one wait connected
connect pair $one.port as three linger=0
one wait connected 2
peers one | grep -c ignored
bind pair inproc://one as four
connect pair inproc://one as five
connect pair inproc://one as six
