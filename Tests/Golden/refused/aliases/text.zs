alias a = 'send {'
alias b = 'print # x'
alias c = ''
alias d = 'def f { }'
alias e = 'alias f = x'
alias f = "print $x"
alias g = print x
alias h =
