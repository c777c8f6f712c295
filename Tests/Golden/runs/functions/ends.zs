print ${split("", ",")} ${len(split("", ","))} ${len(split("a,,b", ","))} ${split("abc", "")}
print "[${trim("")}]" "[${trim(" \t\n")}]" ${contains("a", "")} ${startswith("a", "")} ${endswith("", "")}
print ${contains([1, 2], 2)} ${contains(["a"], "b")} ${replace("aaa", "aa", "b")} ${replace("a", "", "x")}
print ${join([], ",")} ${join(1..3, "+")} ${upper("grüße")} ${lower("GRÜSSE")} ${hex("")} ${len("ü")}
print ${int(-2.9)} ${int("-7")} ${float(2)} ${float(1500ms)} ${str([1, 2])} ${matches("abc", "b")}
