sh 'mkfifo fifo'
within 100ms source fifo
