bind pull inproc://a as one
bind pull inproc://b as two
bind pull inproc://c as three
close one three
two close
bind pull inproc://a inproc://b inproc://c as again
print $again.endpoint
