# A queue of requests as a task, which gives the sockets back.
bind router :0 as front
bind dealer :0 as back
connect req $front.endpoint as client
connect rep $back.endpoint as worker
back wait connected
proxy front back as broker
client send Hello
worker expect Hello
worker send World
client expect World
proxy
proxy stop broker
print $front.received $front.sent $back.received $back.sent
