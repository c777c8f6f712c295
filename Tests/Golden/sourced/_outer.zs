print outer
source _fails.zs
