let name = "greetings"
source "_${name}.zs"
fails value print ${thrice(1)}
greet Ada
