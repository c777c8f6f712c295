print first
source _second.zs
