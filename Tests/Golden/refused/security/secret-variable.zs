let password = "hunter2" "hunter3"
