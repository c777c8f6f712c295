fails value let x = join(3, ",")
fails value let x = random("a", 2)
fails value let x = random(2, 1)
fails value let x = matches("a", "(")
fails value let x = env("NO_SUCH_VARIABLE")
fails value let x = float("x")
fails value let x = int("1.5")
print done
