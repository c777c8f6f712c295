# hide: '\S{40}' => 'KEY'
keygen one as one
keygen two as two
sh 'cp two one'
socket rep as server curve server one
assert $server.publickey == $one[0]
