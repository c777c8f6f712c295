print before
try { print x | no-such-program } catch { print "$error.name: $error.message" }
print x | ./no/such/program
