# options: --timeout 300ms
# env: WRONG=hunter3
# hide: 127.0.0.1:\d+ => ENDPOINT
auth plain alice from _password.txt
auth log on
bind rep :0 as server plain server
connect req $server.endpoint as client plain client alice $env.WRONG
wait auth denied
client wait connected
