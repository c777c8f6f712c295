source _outer.zs
