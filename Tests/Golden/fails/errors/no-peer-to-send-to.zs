bind push :0 as out
send Hello
