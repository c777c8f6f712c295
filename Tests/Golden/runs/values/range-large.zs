for n in 1..9223372036854775807 { if $n > 3 { break }; print $n }
repeat 9223372036854775807 { if $i > 2 { break }; print $i }
