set context io_threads 0
bind rep :0 as one
