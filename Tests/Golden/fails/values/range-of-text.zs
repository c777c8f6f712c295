for n in 1.."x" { print $n }
