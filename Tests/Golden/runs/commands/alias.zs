alias hw = 'bind rep inproc://a as hw'
alias cl='connect req inproc://a'
hw
cl as client linger=0
client send Hello
hw recv
hw send World
client recv
alias
alias two = "print 'a b' \$x"
alias two
let x = 5
two c d
repeat 2 two
unalias two cl
