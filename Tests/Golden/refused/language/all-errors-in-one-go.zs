# several findings at once
prnt hello
bind rep
let x = $undefined1 + $y
def f a { return $a }
f 1 2
break
nosuch send Hello
connect req 99999
if true { continue }
return 5
expect re:'('
send hex:4g
