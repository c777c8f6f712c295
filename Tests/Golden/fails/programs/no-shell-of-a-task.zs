# options: --no-shell
task worker { sh true }
wait worker
