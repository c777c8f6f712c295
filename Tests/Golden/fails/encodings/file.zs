bind pair inproc://a as left
connect pair inproc://a as right
left send file:_contents.txt
right recv
fails ENOENT left send file:missing.txt
let path = "_contents.txt"
left send file:$path
right expect "some text\n"
left send file:.
