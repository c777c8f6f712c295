# ports: 1
connect push $1 as out sndhwm=2
within 50ms repeat 10 send x
