socket pub as p
sleep 1ms
p set conflate 1
sleep 1ms
bind p :0
print done
