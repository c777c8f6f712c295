let port = "5546"
let next = $port + 1
