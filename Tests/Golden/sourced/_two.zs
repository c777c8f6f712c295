print "in two"
source _one.zs
