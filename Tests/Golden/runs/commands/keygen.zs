# hide: "[^"]*" => "KEY"
# The keys are others each time; a certificate is two files.
keygen
keygen as keys
assert $keys[0] != $keys[1]
keygen mine.cert
sh 'ls mine.cert*' as files
print $files
