# interpolate.zs ENDPOINT COUNT
connect push $1 as sink
sink wait connected
repeat int($2) { sink send "message $i" }
