server recv
socket rep as server
