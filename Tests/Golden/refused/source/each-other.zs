source _one.zs
