# ports: 1
bind pull inproc://a $1 ./a.sock as sink
connect push inproc://a as one
connect push $1 as two
connect push ./a.sock as three
sink wait connected 3
one send one
sink recv
two send two
sink recv
three send three
sink recv
close one two three
