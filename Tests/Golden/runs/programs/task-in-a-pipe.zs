task worker { print "from worker" | tr a-z A-Z }
wait worker
