def send x { print $x }
def rep { print x }
