socket pull as one
expect a ... b
