# options: --trace
# env: PASSWORD=hunter2
socket req as client plain_username=alice plain_password=hunter2
client set plain_password hunter2
client set curve_secretkey 'JTKVSB%%)wK0E.X)V>+}o?pNmC{O&4W4b!Ni{Lh6'
repeat 1 { set curve_secretkey 'JTKVSB%%)wK0E.X)V>+}o?pNmC{O&4W4b!Ni{Lh6'; set plain_password $env.PASSWORD }
client status
