task worker { print "one\ntwo"; print "" }
wait worker
