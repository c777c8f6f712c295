# ports: 1
# libzmq takes the address for a name that it cannot resolve.
connect req tcp://[::1]:$1 as client
within 100ms client wait connected
