# ports: 1
repeat 50 {
  bind rep $1 as server
  connect req $1 as client
  client send Hello
  server recv as request
  close server client
}
print done
