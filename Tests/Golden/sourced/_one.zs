source _two.zs
