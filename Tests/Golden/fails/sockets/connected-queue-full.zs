# ports: 1
connect push $1 as out sndhwm=2 reconnect_ivl=60000
within 300ms repeat 10 send x
