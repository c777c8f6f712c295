def while { print x }
def 1st { print x }
