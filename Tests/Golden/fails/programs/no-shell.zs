# options: --no-shell
print before
fails value sh true
fails value print x | cat
sh 'touch made'
