bind rep tcp://192.0.2.1:5546 as server
