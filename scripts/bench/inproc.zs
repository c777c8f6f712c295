# inproc.zs ENDPOINT COUNT: between two marks to the sink, which measures the time from one to the other
connect push $1 as mark
bind pair inproc://loop as one
connect pair inproc://loop as two
mark send begin
repeat int($2) { one send 0123456789; two recv as reply }
mark send end
