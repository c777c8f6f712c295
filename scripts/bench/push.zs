# push.zs ENDPOINT COUNT
connect push $1 as sink
sink wait connected
repeat int($2) { sink send 0123456789 }
