let port = 5546
def show { print $port }
show
