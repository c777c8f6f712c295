# proxy.zs SOURCE,SINK COUNT
let ends = split($1, ",")
connect pull $ends[0] as front
connect push $ends[1] as back
proxy front back
