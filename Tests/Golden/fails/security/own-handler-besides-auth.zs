auth curve any
bind rep inproc://zeromq.zap.01 as zap
