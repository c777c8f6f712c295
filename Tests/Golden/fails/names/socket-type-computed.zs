let x = "pull"
bind $x inproc://a as sink
bind "p${x}" inproc://b
