bind rep :0 as server
monitor disconnected refused
server monitor all
monitor conected
