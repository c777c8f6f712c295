print x > /dev/full
