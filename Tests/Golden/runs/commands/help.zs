help version
help every
help rcvhwm
help EFSM
help EAGAIN
help rep
help sub
help push
help mismatch
help catch
help as
help pipeline
help patterns pipeline
help options subscribe
help errors EFSM
alias hi = 'print hi'
help hi
