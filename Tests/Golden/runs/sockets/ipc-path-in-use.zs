# xfail: libzmq takes the file over: the first socket is cut off without a word
bind pull ./a.sock as one
fails EADDRINUSE bind pull ./a.sock as two
print done
