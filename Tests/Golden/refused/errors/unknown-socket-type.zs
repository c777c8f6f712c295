connect reqq 5546 as client
