let name = "computed-cycle.zs"
print once
source $name
