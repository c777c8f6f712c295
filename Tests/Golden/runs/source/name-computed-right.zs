let name = "_fails"
fails value source "${name}.zs"
print done
