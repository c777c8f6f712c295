# The page's error: a REQ that sends again before it received the reply.
bind rep inproc://page as server
connect req inproc://page as client
client send Hello
client send Hello1
