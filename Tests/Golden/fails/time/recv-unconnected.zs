socket pull as sink
within 20ms recv
