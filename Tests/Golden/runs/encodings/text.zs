bind pair inproc://a as left
connect pair inproc://a as right
left send text:Hello text:hex:00 "hex:00"
right recv
