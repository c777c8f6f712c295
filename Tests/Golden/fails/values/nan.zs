let x = float("nan")
print ${$x == $x} ${$x < 1} $x ${float("inf")} ${1e308 * 10}
print ${int($x)}
