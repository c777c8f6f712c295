bind pull ./a.sock as one
fails EADDRINUSE bind pull ./a.sock as two
print done
