bind pull inproc://a as sink
within 20ms fails timeout sink recv
print done
