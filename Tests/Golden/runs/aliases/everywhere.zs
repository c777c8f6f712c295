# An alias stands where a statement does: behind a prefix, in a block, a def, a task, and another alias.
alias say = 'print said'
alias twice = 'repeat 2 say'
within 1s say behind a prefix
if true { say in a block }
def f { say in a def }
f
task t { say in a task }
wait t
twice in an alias
say json | cat
alias several = 'let x = 1; print $x'
several end
alias json = 'print'
json {"a":
  1}
