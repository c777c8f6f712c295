# xfail: each use of a name that was refused is one more error
socket rep as req
req send Hello
