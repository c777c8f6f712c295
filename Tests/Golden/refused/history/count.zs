history x
