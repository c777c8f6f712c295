bind pair inproc://a as left
connect pair inproc://a as right
let digits = "4869"
left send hex:$digits
right expect Hi
left send "hex:$digits"
right recv
left send random:16
right recv as bytes
print $bytes.size
let name = "Ada"
left send msgpack:"{\"name\": \"$name\"}"
right expect msgpack:'{"name": "Ada"}'
let digits = "48x9"
left send hex:$digits
