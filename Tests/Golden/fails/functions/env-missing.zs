let x = env("NO_SUCH_VARIABLE")
