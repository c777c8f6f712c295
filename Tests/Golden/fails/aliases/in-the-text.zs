alias divide = 'print ${1 / 0}'
print before
divide by zero
