within 50ms print x | sleep 60
