# A `recv` that waits gets the next message of a watched socket itself.
bind pull inproc://watched as sink
sink watch
task late { connect push inproc://watched as out; sleep 20ms; out send Hello; sleep 1h }
sink recv as first
print "received $first"
stop late
