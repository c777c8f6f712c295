bind rep :0 curve server 'JTKVSB%%)wK0E.X)V>+}o?pNmC{O&4W4b!Ni{Lh~'
