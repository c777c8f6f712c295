tasks
task quick { print working }
wait quick
task slow { sleep 1m }
tasks
