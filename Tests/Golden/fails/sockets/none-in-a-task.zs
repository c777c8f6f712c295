bind pull inproc://a as sink
task worker { print begun; send Hello }
wait worker
