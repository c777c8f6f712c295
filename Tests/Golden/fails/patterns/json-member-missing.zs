bind pair inproc://a as left
connect pair inproc://a as right
left send {"id": 7}
right expect {"id": 7, "name": "Ada"}
