bind rep inproc://a as server
serve server echo
let name = "server"
fails value $name recv
fails value server close
stop server
server close
print done
