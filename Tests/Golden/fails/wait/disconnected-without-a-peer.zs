bind rep :0 as server
within 20ms server wait disconnected
