# hide: [0-9a-zA-Z.:+=^!/*?&<>()\[\]{}@%$#-]{40} => KEY
# The keys are printed, kept, or written as a certificate of CZMQ.
keygen
keygen as keys
print ${len($keys[0])} ${len($keys[1])}
keygen mine.cert name=Me
sh 'cat mine.cert mine.cert_secret | grep -v Generated; stat -c %a mine.cert mine.cert_secret' as files
print $files
keygen mine.cert --force
fails EEXIST keygen mine.cert
keygen mine.cert
