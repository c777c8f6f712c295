let x = "my task\e"
task $x { }
