print ${lenn("x")}
let x = xyzzy(1)
let y = flot("1")
