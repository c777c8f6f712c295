socket rep as server
close server
server recv
