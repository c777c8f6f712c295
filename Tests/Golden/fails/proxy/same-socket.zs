bind dealer inproc://in as front
proxy front front
