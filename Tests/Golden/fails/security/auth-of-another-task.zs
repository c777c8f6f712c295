socket pair as gate; bind gate inproc://gate
task t { auth deny 192.0.2.1; connect pair inproc://gate; send ready; sleep 1m }
gate expect ready
auth stop
