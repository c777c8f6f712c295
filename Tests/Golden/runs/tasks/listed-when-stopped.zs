task worker { sleep 1m }
tasks
stop worker
tasks
