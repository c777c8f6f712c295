# args: 5546 "two words"
let x = 1 + 2 * 3
print $x "${x}px" "${x * 2}"
print $1 "[$2]" ${3:-5556}
let half = 7 / 2
print $half
let list = [1, 2, 3]
print $list
print "$list"
print 'raw $x' "cooked \$x" "tab\there" it's
