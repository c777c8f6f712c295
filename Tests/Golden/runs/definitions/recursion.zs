def factorial n {
  if $n <= 1 { return 1 }
  return $n * factorial($n - 1)
}
print ${factorial(20)}
def even n { if $n == 0 { return true }; return odd($n - 1) }
def odd n { if $n == 0 { return false }; return even($n - 1) }
print ${even(100)}
