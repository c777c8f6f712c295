# ports: 1
# hide: tried \d+ times in .*; => tried;
connect req $1 as client
within 50ms wait connected
