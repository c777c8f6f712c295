bind pull inproc://a as sink
task worker { sink recv }
wait worker
