alias one = 'print one'
alias two = 'print two'
one
unalias one
alias
# The name is free again.
alias one = 'print another'
one
unalias one two
alias
