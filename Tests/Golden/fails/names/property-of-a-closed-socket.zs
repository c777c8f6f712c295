bind rep inproc://a as server
let name = $server
close server
print $name.type
