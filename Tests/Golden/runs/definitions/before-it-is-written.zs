print ${answer()}
def answer { return other() + 1 }
def other { return 41 }
