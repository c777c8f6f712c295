repeat "many" print x
