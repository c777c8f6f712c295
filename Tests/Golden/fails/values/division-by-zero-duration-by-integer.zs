print ${1s / 0}
