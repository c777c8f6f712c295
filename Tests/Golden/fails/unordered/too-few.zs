bind pair inproc://a as left
connect pair inproc://a as right
left send one
within 20ms unordered { right expect two; right expect one }
