# A watched socket's messages are printed when the script waits, until it is watched no more.
bind pull inproc://watched as sink
connect push inproc://watched as out
watch sink
out send one "two words"
sleep 1ms
out send hex:00ff
within 5s while $sink.received < 2 { sleep 1ms }
unwatch
out send kept
sink recv
