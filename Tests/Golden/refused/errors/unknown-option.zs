socket rep as server
server set lingr 0
