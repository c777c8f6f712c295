sleep 5
sleep 5x
timeout soon
sleep ""
sleep 1h30m
