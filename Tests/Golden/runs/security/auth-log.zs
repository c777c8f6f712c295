# env: PASSWORD=hunter2
# hide: \d\d:\d\d:\d\d => TIME
auth log
auth plain alice $env.PASSWORD
bind rep :0 as server plain server
connect req $server.endpoint as client plain client alice $env.PASSWORD
wait auth allowed
connect req $server.endpoint as other plain client mallory $env.PASSWORD
wait auth denied
auth log
auth log as log
print ${len($log)} $log[0][0] $log[1][0] $log[1][3]
