let x = len()
let y = len("a", "b")
