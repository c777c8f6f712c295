# ports: 1
connect req $1 as client reconnect_ivl=-1
retry 500 every 10ms { client status | grep "tried again" > status }
sh 'sed -n "s/^connect *//p" status' as text
print $text
