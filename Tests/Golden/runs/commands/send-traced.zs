# options: --trace
# The trace says what nobody gets yet, or ever; a script says nothing of it.
bind pub inproc://news as news
news send weather
connect push inproc://nobody as out linger=0
out send x
bind pull inproc://nobody as sink
out send y
