for n in 1..3 {
  try { if $n == 2 { continue }; print $n } catch { print never }
}
loop { try { break } catch { print never } }
def f { try { return "inner" } catch { print never } }
print ${f()}
try { exit 7 } catch { print never }
