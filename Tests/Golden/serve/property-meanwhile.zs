# xfail: `$server` says "'$server' is not set, no `let`, `recv as` or loop has set it yet"
bind rep inproc://a as server
serve server echo
print $server.endpoint
