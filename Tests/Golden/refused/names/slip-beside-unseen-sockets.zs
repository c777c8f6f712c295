let name = "hub"
socket rep as $name
snd Hello
hub sned Hello
serve rep inproc://x as x { snd Hello }
