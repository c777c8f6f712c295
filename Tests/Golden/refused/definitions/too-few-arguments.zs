def greet name greeting { print "$greeting, $name!" }
print before
greet Ada
greet
print ${greet("Ada", "Hello", "more")}
