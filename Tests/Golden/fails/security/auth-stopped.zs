auth stop
