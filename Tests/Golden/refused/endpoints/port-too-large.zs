connect req tcp://127.0.0.1:70000 as client
