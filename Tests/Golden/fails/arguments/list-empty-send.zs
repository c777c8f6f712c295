socket pair as one
send $@
