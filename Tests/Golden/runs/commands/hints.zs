# Hints are the prompt's: a script that says something of them means nothing to itself.
hints off
hints on
print said
