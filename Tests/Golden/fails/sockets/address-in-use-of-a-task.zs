# ports: 1
bind pull inproc://ready as ready
task holder {
  bind rep $1 as server
  connect push inproc://ready as out
  out send ready
  server recv
}
ready recv
bind rep $1 as mine
