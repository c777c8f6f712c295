task worker { exit }
wait worker
print done
