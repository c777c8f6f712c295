let years = 2000000h
fails any print ${$years * 2}
print ${1s / 0}
