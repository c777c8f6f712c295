def greets name { print "Hello $name" }
def twice n { return $n * 2 }
