bind puul inproc://a
bind puul inproc://a as sink
bind xyz inproc://a
bind xyz inproc://a as sink
socket xyz
