fails EFSM print fine
