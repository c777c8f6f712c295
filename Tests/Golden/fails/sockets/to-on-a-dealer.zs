bind dealer inproc://a as one
one to me Hello
