bind pair inproc://a as left
connect pair inproc://a as right
left send json:'{"a": 1}' json:1 json:null
right recv
