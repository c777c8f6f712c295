bind rep ./a.sock as one tos=40
# Over tcp it counts, and over ipc it does no harm.
bind rep :0 ./b.sock as two tos=40
socket rep as three
three set sndbuf 64KiB
bind three inproc://a
three set rcvbuf 64KiB
