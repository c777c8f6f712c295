# xfail: `within` looks at the clock once more after `fails timeout` held
bind pull inproc://a as sink
within 20ms fails timeout sink recv
print done
