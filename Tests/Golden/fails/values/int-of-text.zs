print ${int("42")} ${int("-7")} ${int(2.9)} ${int(-2.9)}
print ${int("4x")}
