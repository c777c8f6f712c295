# In a task of its own, in the foreground, until the task is stopped.
bind pair inproc://gate as gate
task broker {
  bind router inproc://front as front
  bind dealer inproc://back as back
  connect pair inproc://gate
  send ready
  proxy front back
}
gate expect ready
connect req inproc://front as client
connect rep inproc://back as worker
client send Hello
worker expect Hello
worker send World
client expect World
proxy
stop broker
