socket pull as one
recv as 1st
recv as my-reply
get linger as a.b
recv as "a b\e"
