# The whole script is checked before its first statement runs.
print never
prnt x
