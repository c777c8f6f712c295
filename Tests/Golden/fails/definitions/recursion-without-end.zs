def down n { return down($n + 1) }
try { print ${down(1)} } catch { print "$error.name: $error.message" }
print ${down(1)}
