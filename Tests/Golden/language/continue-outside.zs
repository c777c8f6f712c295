continue
def f { break }
