socket rep as one
one recieve
one
one xyzzy now
one "$x"
