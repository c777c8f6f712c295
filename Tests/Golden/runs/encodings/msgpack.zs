bind pair inproc://a as left
connect pair inproc://a as right
left send msgpack:'{"a":1}' msgpack:7 msgpack:[1,2]
right recv
