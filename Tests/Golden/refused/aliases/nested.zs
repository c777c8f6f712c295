if true { alias a = 'print' }
task t { alias a = 'print' }
def f { unalias a }
