bind rep ./no/such/folder/a.sock as server
