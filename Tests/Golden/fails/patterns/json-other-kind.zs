bind pair inproc://a as left
connect pair inproc://a as right
left send {"a": {"b": [1, 2]}}
right expect {"a": {"b": [1]}}
