bind pair inproc://a as one
connect pair inproc://a as two
one send "Hello World"
two recv
one send id "" "\x00\xff\e[31m" 'as' "Grüße" "a$"
two recv
one send reply
two recv as reply
print $reply
one send id ignored body
two recv as id _ body
print $id $body
