# ports: 1
# What was sent to nobody is about to be lost, and told where it is certain.
bind pull :0 as sink
connect push $1 as out
out send lost
close out
connect push $sink.port $1 as both
both wait connected
both send kept
sink expect kept
both send lost
close both
connect push inproc://nowhere as local
local send lost
close local
connect push $1 as careless linger=0
careless send gone
close careless
connect push $sink.port as quick
quick send kept
close quick
sink expect kept
connect req $sink.port $1 as idle
