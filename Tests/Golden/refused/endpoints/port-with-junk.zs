connect req tcp://127.0.0.1:5555x as client
