let shared = "before"
let list = [1, 2]
task worker {
  print $shared $list
  let shared = "in the task"
  print $shared
}
wait worker
print $shared
