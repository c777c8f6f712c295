socket rep as one
one print x
one sleep 1s
one source x
one version
