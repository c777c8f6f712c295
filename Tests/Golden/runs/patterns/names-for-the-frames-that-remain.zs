bind pair inproc://a as one
connect pair inproc://a as two
one send id "" body more
two recv as id rest...
print $id ${len($rest)} ${$rest[-1]}
two send $id $rest
one recv
one send alone
two recv as first rest...
print $first ${len($rest)}
one send a b c
two recv as _ second ...
print $second
one send a b
two expect a ... as all...
print ${len($all)}
