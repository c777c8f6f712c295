bind dealer inproc://in as a
proxy a a a a
