for n in "abc" { print $n }
