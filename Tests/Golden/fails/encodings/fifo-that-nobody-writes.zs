# options: --timeout 100ms
bind pair inproc://a as one
connect pair inproc://a
sh 'mkfifo fifo'
one send file:fifo
