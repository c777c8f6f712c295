if $# > 0 { let x = 1 }
print $x
