say x
alias say = 'print'
unalias say
say y
