bind pull inproc://a inproc://b as sink
sink unbind inproc://c
