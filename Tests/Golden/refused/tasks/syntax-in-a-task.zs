print never
task worker { snd Hello }
