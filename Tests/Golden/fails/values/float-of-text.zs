print ${float("1.5")} ${float(2)} ${float(1500ms)}
print ${float("x")}
