bind pair inproc://a as left
connect pair inproc://a as right
left send base64:SGVsbG8= base64:SGVsbG8 base64:-_8 base64:""
right recv
