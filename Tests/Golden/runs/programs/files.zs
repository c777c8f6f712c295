print one > made.txt
print two >> made.txt
sh 'cat made.txt'
print three > made.txt
repeat 2 { print "four $i" } >> made.txt
sh 'cat made.txt'
let path = "sub.txt"
print x > $path
sh 'cat sub.txt'
print "|" '>' ">>"
print a|b a>b
