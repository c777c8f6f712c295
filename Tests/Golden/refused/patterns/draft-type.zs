bind server :0 as hub
socket dgram
socket clien
