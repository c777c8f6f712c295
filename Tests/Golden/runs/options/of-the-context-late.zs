bind rep inproc://a as one
set context io_threads 2
set context ipv6 on
socket req as two
get ipv6
