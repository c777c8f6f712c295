print before
source _fails.zs
