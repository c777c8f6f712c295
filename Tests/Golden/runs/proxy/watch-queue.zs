# The random routing id of a client has a short name.
bind router :0 as front
bind dealer :0 as back
connect req $front.endpoint as client
connect rep $back.endpoint as worker
back wait connected
proxy front back as broker
proxy watch broker
client send Hello
worker expect Hello
worker send World
client expect World
proxy stop broker
