# ports: 1
connect req $1 as client reconnect_ivl=10s
within 50ms wait connected
