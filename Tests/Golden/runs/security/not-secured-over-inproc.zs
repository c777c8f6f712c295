# What is asked for at a server over tcp is asked of nobody here.
bind rep inproc://open as server curve_server=1
connect req inproc://open as client
client send Hello
server recv
