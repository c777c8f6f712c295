bind rep :0 as one use_fd=0
