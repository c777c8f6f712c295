let x = 2000000h
print ${$x * 2}
