help version
help every
help rcvhwm
help EFSM
help EAGAIN
help rep
help sub
help push
