connect req htp://127.0.0.1:80 as client
