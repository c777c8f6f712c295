bind push inproc://a as out sndhwm=2
connect pull inproc://a as sink rcvhwm=1
use out
within 30ms repeat 100 send x
