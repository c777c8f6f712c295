connect req 70000 as client
