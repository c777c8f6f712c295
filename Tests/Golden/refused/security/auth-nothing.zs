auth allow
auth plain
auth curve
auth log maybe
auth alow 127.0.0.1
