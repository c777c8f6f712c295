every 1ms { print tick; break }
repeat 3 every 1ms print $i

