# options: --timeout 200ms
bind push inproc://nobody as out
send Hello
