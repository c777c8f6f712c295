socket rep as one
one set req_relaxed 1
