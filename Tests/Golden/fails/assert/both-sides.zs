let reply = "World"
let n = 2
try { assert $reply == "World" } catch { print never }
assert $n + 1 > len($reply)
