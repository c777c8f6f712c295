socket push as out
send Hello
