source _first.zs
