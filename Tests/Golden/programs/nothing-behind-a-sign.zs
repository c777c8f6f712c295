print x >
