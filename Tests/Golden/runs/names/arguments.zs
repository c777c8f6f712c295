# args: one 'two words'
print $# $1 "$2" $@
print ${1:-none} ${3:-none} ${env.NO_SUCH_NAME:-none}
print $0
for word in $@ { print $word }
