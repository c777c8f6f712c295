socket pull as sink
unbind
