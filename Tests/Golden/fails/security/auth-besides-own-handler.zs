# libzmq asks one handler.
bind rep inproc://zeromq.zap.01 as zap
auth
auth curve any
