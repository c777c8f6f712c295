# `@last` is whoever sent the message received last.
bind router :0 as hub
connect dealer $hub.port as one
connect req $hub.port as two
connect dealer $hub.port as three routing_id=anna
one send Hello
hub recv as id body
hub to @last one
one expect one
two send Hello
hub recv as id rest...
hub to @last two
two expect two
three send Hello
hub recv as message
hub send @last three
three expect three
# Over inproc too.
bind router inproc://hub as local
connect dealer inproc://hub as near
near send Hello
local recv as message
local to @last near
near expect near
