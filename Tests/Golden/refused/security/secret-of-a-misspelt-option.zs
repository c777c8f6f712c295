socket req
set plain_pasword hunter2
connect req 5546 curve_secretky='JTKVSB%%)wK0E.X)V>+}o?pNmC{O&4W4b!Ni{Lh6'
