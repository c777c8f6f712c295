# A list in a list in a list: to free so many would take more stack than there is.
let deep = [1]
repeat 300000 { let deep = [$deep, 2] }
