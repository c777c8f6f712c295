# ports: 1
bind rep $1 as server
bind rep $1 as second
