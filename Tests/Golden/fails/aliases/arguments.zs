alias say = 'print'
say ${1 / 0}
