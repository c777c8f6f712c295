alias send = 'print'
alias rep = 'print'
alias while = 'print'
alias in = 'print'
alias 1a = 'print'
def f { print }
alias f = 'print'
alias g = 'print'
alias nope
unalias gg
