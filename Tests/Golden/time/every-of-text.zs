every "soon" print x
