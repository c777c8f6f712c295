let name = "greetings"
source "_${name}.zs"
greets Ada
print ${twice(21)}
def both n {
  greets $n
  return twice(2)
}
print ${both("Grace")}
task t { greets Charles }
wait t
