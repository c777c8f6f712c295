bind pair inproc://a as a
a expect re:"(?<port>\d+)"
print $port
