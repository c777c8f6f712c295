def twice n { return $n * 2 }
def greet name greeting { print "$greeting, $name!" }
def nothing_much { print none }
greet Ada Hello
greet "Ada Lovelace" "Good morning"
nothing_much
print ${twice(21)} ${twice(twice(1.5))} "${twice(4) + 1}"
let pair = ["Grace", "Hi"]
greet $pair
