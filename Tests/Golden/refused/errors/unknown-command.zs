bind rep inproc://page as server
server snd Hello
