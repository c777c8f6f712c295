connect push inproc://a as out
disconnect out inproc://b
