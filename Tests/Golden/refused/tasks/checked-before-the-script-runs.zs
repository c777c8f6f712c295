print never
task worker { sleep soon }
