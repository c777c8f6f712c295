# What a program prints in a task has the task's name before each line, too.
task worker {
  repeat 3 { print "line $i" } | sed 's/line/row/'
  print -- | printf 'no end of line'
  print done
}
wait worker
