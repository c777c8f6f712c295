set context io_thread 2
set context nonsense 2
set context io_threads many
set context ipv6 2
set context msg_t_size 2
get context thread_priority
get context
set context io_threads
bind rep :0 as context
