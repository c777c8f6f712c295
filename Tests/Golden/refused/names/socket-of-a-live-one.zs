socket rep as one
socket one
