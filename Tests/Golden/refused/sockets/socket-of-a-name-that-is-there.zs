socket pull as one
socket one as two
