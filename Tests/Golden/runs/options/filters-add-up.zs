bind rep :0 as one tcp_accept_filter=10.0.0.0/8 tcp_accept_filter=127.0.0.1
one status | grep filter
one reset
one status | grep filter
connect req $one.port as two
two send Hello
one recv
