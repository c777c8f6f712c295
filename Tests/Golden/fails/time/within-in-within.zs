within 20ms within 1m sleep 1m
