within 20ms sleep 1m
