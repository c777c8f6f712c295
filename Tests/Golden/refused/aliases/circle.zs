alias a = 'repeat 2 a'
alias b = 'c'
alias c = 'if true { d }'
alias d = 'b x'
