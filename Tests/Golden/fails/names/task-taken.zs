task worker { sleep 1m }
task worker { sleep 1m }
