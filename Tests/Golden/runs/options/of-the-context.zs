# hide: max_sockets=\d+ => max_sockets=MANY
set context io_threads 2
get context io_threads
set context ipv6 on
set context blocky off
status context
bind rep inproc://a as one
get ipv6
get linger
get context io_threads as count
print $count
