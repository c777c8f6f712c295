bind pair inproc://a as one
connect pair inproc://a as two
one send "\x00\xff\e[2J\u{202e}"
two expect "\x00\xff\e[1J"
