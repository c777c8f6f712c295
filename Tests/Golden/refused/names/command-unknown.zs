snd Hello
bnd rep inproc://a
Send Hello
xyzzy
repeet 3 send
whlie true { }
