bind dealer inproc://in as front
bind dealer inproc://out as back
let name = "send"
proxy front back as $name
