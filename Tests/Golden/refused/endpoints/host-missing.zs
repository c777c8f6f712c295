connect req tcp://:5555 as client
