connect req tcp://127.0.0.1:-1 as client
