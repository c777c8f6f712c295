sh 'echo one; echo two'
sh echo a b
sh 'printf "three\n\n"' as text
print "[$text]"
sh true
sh 'exit 0' as nothing_much
print "[$nothing_much]"
let name = "Ada"
sh "printf %s '$name'" as name
print $name
sh 'cat' as read
print "[$read]"
