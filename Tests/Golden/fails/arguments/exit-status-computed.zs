let n = 128 * 2
exit $n
