bind push inproc://a as out
send Hello
