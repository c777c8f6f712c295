for n in 1.5..3 { print $n }
