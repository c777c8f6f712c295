socket pull as sink
wait connected
