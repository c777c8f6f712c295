print
print Hello World
print "Hello  World" '$x' 1+1
print [1, 2] {"a": 1}
let list = [1, 2.5, "x", 250ms, true]
print $list
print "list: $list"
