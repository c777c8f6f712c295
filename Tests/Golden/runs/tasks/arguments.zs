# args: one two
task worker { print $1 $# $@ }
wait worker
