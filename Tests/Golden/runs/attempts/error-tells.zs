bind rep inproc://a as server
try {
  server send early
  print never
} catch {
  print "$error.name at line $error.line: $error.message"
}
try { let x = 1 / 0 } catch { print "$error.name at line $error.line: $error.message" }
try { print fine } catch { print never }
try { within 10ms server recv } catch { print "$error.name" }
try { try { let x = 1 / 0 } catch { let y = [1][4] } } catch { print "$error.message" }
print done
