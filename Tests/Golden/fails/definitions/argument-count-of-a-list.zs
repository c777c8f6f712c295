# args: one two three
def greet name greeting { print "$greeting, $name!" }
greet $@
