bind pull inproc://a as sink
task worker {
  bind rep inproc://b as server
  server send Hello
}
sink recv
