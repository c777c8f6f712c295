connect push inproc://a inproc://b inproc://c as out
out disconnect inproc://b
out disconnect
fails ENOENT out disconnect
print done
