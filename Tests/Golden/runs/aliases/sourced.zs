# A file that is read gives its aliases to what follows.
source _aliases.zs
shout Hello
