bind 5546
connect tcp://127.0.0.1:5546
bind "5546" rep
connect ./path
