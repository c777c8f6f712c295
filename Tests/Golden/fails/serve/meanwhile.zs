bind rep inproc://a as server
serve server echo
server recv
