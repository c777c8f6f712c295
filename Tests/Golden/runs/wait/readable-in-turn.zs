# Of sockets that all have messages, none waits for the others to have none.
bind pull inproc://a as one
bind pull inproc://b as two
bind pull inproc://c as three
connect push inproc://a as first
connect push inproc://b as second
connect push inproc://c as third
for n in 1..3 {
  first send "a $n"
  second send "b $n"
}
third send "c 1"
repeat 7 {
  wait readable one two three as which
  $which recv as message
  print $which $message
}
# Told and not read, a socket comes last in the next turn.
first send x
second send y
wait readable one two as which
wait readable one two as other
assert $which != $other
