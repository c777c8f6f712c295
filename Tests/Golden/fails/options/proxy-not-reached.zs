# libzmq ends the program where such a connection is closed.
# ports: 1
connect req tcp://127.0.0.1:9 as client socks_proxy=127.0.0.1:$1
retry 500 every 10ms { client status | grep "lets nobody through" > status }
client reset
client disconnect
