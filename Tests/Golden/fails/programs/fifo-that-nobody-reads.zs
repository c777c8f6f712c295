sh 'mkfifo fifo'
within 100ms print x > fifo
