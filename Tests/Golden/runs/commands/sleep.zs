sleep 1ms
let short = 1ms
sleep $short
sleep 0
within 1s sleep "1ms"
print done
