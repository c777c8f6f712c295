bind router inproc://a as hub
connect dealer inproc://a as one
hub wait connected
fails any hub send Hello
print done
