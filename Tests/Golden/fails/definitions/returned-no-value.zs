def nothing_much { return }
nothing_much
let x = nothing_much()
