print $greeting
let farewell = "Goodbye"
bind pull inproc://included as included
