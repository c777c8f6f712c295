print before
try { sh 'exit 3' } catch { print "$error.name: $error.message" }
fails program sh false
sh 'exit 4'
print never
