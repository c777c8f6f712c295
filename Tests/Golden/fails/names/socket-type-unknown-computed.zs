let x = "puul"
bind $x inproc://a
