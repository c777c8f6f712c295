# env: PASSWORD=hunter2
auth plain alice $env.PASSWORD
bind rep :0 as server plain server
connect req $server.endpoint as client plain client alice $env.PASSWORD
client send Hello
server recv
