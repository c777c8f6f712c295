# What is known only while it runs is refused then.
let port = 65000 + 5000
connect req $port as client
