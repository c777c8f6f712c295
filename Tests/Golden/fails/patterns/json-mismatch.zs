bind pair inproc://a as left
connect pair inproc://a as right
left send {"id": 7, "items": [{"n": 1}, {"n": 2}]}
right expect {"items": [{"n": 1}, {"n": 3}]}
