bind pull inproc://a inproc://b inproc://c as sink
sink unbind inproc://b
bind push inproc://b as other
unbind sink
fails ENOENT sink unbind
bind push inproc://a inproc://c
print done
