# hide: max_sockets=\d+ => max_sockets=MANY
set context thread_sched_policy batch
set context max_msgsz 1MiB
set context zero_copy_recv off
status context
bind rep inproc://a as one
