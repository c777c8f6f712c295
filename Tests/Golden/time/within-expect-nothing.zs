# xfail: `within` looks at the clock once more after `expect nothing` held
bind pull inproc://a as sink
within 20ms sink expect nothing
print done
