fails any print fine
