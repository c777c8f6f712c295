task server {
  bind rep inproc://page as hello
  hello recv as request
  hello send "World to $request"
}
connect req inproc://page as client
send Hello
recv
wait server
print done
