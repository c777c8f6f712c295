bind rep inproc://here as server
probe inproc://here
